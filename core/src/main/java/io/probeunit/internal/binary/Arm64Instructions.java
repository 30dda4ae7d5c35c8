package io.probeunit.internal.binary;

import io.probeunit.internal.binary.Instruction.Flow;
import io.probeunit.internal.host.FileContent;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/** Instructions of arm64: Arm Architecture Reference Manual, chapter C4.1.3, "Branches". */
final class Arm64Instructions implements InstructionSet {

    private static final int BYTES = 4;

    @Override
    public Optional<Instruction> read(FileContent code, int at, int end) {
        if (at < 0 || at > end - BYTES || end > code.limit()) {
            return Optional.empty();
        }
        int word = code.getInt(at);
        Flow flow = flow(word);
        return Optional.of(new Instruction(BYTES, Instruction.Kind.ARM, word, 0, 0, flow, target(word, flow)));
    }

    @Override
    public boolean mayJump(FileContent code, int from, int to, IntPredicate place) {
        for (int at = from; at <= to - BYTES; at += BYTES) {
            int word = code.getInt(at);
            Flow flow = flow(word);
            if ((flow == Flow.JUMP || flow == Flow.BRANCH)
                    && place.test(at + target(word, flow).orElse(0))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public int step() {
        return BYTES;
    }

    private static Flow flow(int word) {
        return switch (word >>> 26) {
            case 0b000101 -> Flow.JUMP;
            case 0b100101 -> Flow.CALL;
            default -> isConditional(word) || isTest(word) || isTestOfBit(word) ? Flow.BRANCH : Flow.NEXT;
        };
    }

    /** b.cond, bc.cond. */
    private static boolean isConditional(int word) {
        return word >>> 24 == 0b01010100;
    }

    /** cbz, cbnz. */
    private static boolean isTest(int word) {
        return (word >>> 25 & 0b111111) == 0b011010;
    }

    /** tbz, tbnz. */
    private static boolean isTestOfBit(int word) {
        return (word >>> 25 & 0b111111) == 0b011011;
    }

    private static OptionalInt target(int word, Flow flow) {
        return switch (flow) {
            case NEXT -> OptionalInt.empty();
            case JUMP, CALL -> words(word, 0, 26);
            case BRANCH -> isTestOfBit(word) ? words(word, 5, 14) : words(word, 5, 19);
        };
    }

    /** Whether it neither branches nor stores: the groups of chapter C4.1, "A64 instruction set encoding". */
    static boolean staysInRegisters(int word) {
        boolean branch = (word >>> 26 & 0b111) == 0b101;
        boolean memory = (word & 0x0a000000) == 0x08000000;
        boolean load = (word >>> 22 & 1) == 1;
        return !branch && (!memory || load);
    }

    /** A signed number of words that begins at a bit. */
    private static OptionalInt words(int word, int bit, int bits) {
        int above = Integer.SIZE - bit - bits;
        return OptionalInt.of((word << above >> (above + bit)) * BYTES);
    }
}
