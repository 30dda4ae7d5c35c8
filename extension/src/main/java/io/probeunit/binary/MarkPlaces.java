package io.probeunit.binary;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Says whether a mark can stand at a place. Notes are no code: a linker that discards a function leaves its notes, whose
 * addresses then lead to another function, or to no code at all. A mark stands on a nop ({@code sys/sdt.h}).
 */
final class MarkPlaces {

    /** A function of nops alone is filled up; nobody writes so many around a mark. */
    private static final int FILLING = 8;

    private final ByteBuffer content;
    private final Sections sections;
    private final Optional<InstructionSet> instructions;

    MarkPlaces(ByteBuffer content, Sections sections, Architecture architecture) {
        this.content = content;
        this.sections = sections;
        instructions = InstructionSet.of(architecture);
    }

    /**
     * Why a note's place is none of a mark.
     *
     * @param address as in the symbol table
     * @param offset in the file, in bytes
     * @return part of a sentence; empty if a mark can stand there, or nothing is known of the instructions
     */
    Optional<String> refusal(long address, long offset) {
        return instructions.flatMap(set -> refusal(set, address, (int) offset));
    }

    private Optional<String> refusal(InstructionSet set, long address, int offset) {
        if (!inCode(address)) {
            return Optional.of("no section with code is there");
        }
        Optional<Instruction> there = set.read(content, offset, content.limit());
        if (there.filter(Instruction::isNop).isEmpty()) {
            return Optional.of("no nop is there, but other code");
        }
        if (isFilling(set, offset)) {
            return Optional.of("only nops are around it, as where code is filled up");
        }
        return there.flatMap(KernelLimits::refusal).map("the nop there "::concat);
    }

    /** Files without section headers say nothing of it. */
    private boolean inCode(long address) {
        return sections.headers().stream().noneMatch(Sections.Header::executable)
                || sections.headers().stream()
                        .anyMatch(s -> s.executable() && Long.compareUnsigned(address - s.address(), s.size()) < 0);
    }

    private boolean isFilling(InstructionSet set, int offset) {
        return IntStream.rangeClosed(-FILLING, FILLING)
                .map(i -> offset + i * set.step())
                .allMatch(at -> set.read(content, at, content.limit())
                        .filter(i -> i.isNop() && i.length() == set.step())
                        .isPresent());
    }
}
