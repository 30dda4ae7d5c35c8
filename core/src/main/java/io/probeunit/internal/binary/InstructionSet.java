package io.probeunit.internal.binary;

import io.probeunit.internal.host.FileContent;
import java.util.Optional;
import java.util.function.IntPredicate;

/** Finds the end of instructions. Immutable and thread-safe; no content makes it throw. */
interface InstructionSet {

    /**
     * Reads one instruction.
     *
     * @param code holds it; little-endian
     * @param at where it begins
     * @param end where the code ends, at most the limit
     * @return empty if these bytes are none that is known, or it does not end before the end
     */
    Optional<Instruction> read(FileContent code, int at, int end);

    /**
     * Says whether there may be a jump to certain places; costs much less than reading all instructions.
     *
     * @param from where the code begins
     * @param to where it ends
     * @param place the places that are meant
     * @return false only if there is no such jump
     */
    boolean mayJump(FileContent code, int from, int to, IntPredicate place);

    /** What every instruction's place is a multiple of, in bytes. */
    int step();

    /** That of an architecture; of others nothing is known. */
    static Optional<InstructionSet> of(Architecture architecture) {
        return switch (architecture) {
            case X86_64 -> Optional.of(new X86Instructions());
            case AARCH64 -> Optional.of(new Arm64Instructions());
            case OTHER -> Optional.empty();
        };
    }
}
