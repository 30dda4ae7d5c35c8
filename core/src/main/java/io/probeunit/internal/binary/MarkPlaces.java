package io.probeunit.internal.binary;

import io.probeunit.internal.host.FileContent;
import java.util.List;
import java.util.Optional;

/**
 * Says whether a mark can be at an address. A linker that discards a function keeps its ELF notes; their addresses then
 * point into another function, or to no code at all. A mark is on a nop ({@code sys/sdt.h}).
 */
final class MarkPlaces {

    /** A block of only nops is padding; a mark is not surrounded by so many. */
    private static final int FILLING = 8;

    /** No instruction is longer. */
    private static final int LONGEST = 16;

    private final FileContent content;
    private final List<Sections.Header> code;
    private final Optional<InstructionSet> instructions;

    MarkPlaces(FileContent content, Sections sections, Architecture architecture) {
        this.content = content;
        code = sections.headers().stream().filter(Sections.Header::executable).toList();
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
            return Optional.of("there is no section with code");
        }
        int from = Math.max(0, offset - FILLING * set.step());
        int to = Math.min(content.limit(), offset + FILLING * set.step() + LONGEST);
        FileContent around = content.slice(from, to - from);
        int at = offset - from;
        Optional<Instruction> there = set.read(around, at, around.limit());
        if (there.filter(Instruction::isNop).isEmpty()) {
            return Optional.of("there is no nop, but other code");
        }
        if (isFilling(set, around, at)) {
            return Optional.of("there are only nops around it, as in padding");
        }
        return there.flatMap(KernelLimits::refusal).map("the nop there "::concat);
    }

    /** Files without section headers say nothing of it. */
    private boolean inCode(long address) {
        if (code.isEmpty()) {
            return true;
        }
        for (Sections.Header section : code) {
            if (Long.compareUnsigned(address - section.address(), section.size()) < 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean isFilling(InstructionSet set, FileContent around, int at) {
        for (int i = -FILLING; i <= FILLING; i++) {
            if (set.read(around, at + i * set.step(), around.limit())
                    .filter(there -> there.isNop() && there.length() == set.step())
                    .isEmpty()) {
                return false;
            }
        }
        return true;
    }
}
