package io.probeunit.internal.binary;

import io.probeunit.internal.host.FileContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The instructions of one function, from its first one on. What is none (a table between code) is passed over. Bounded:
 * {@link #MOST_BYTES} of a function are looked at.
 *
 * @param start of the function in the file, in bytes
 * @param end of what was looked at
 * @param instructions by their places in the file, in their order
 */
record FunctionBody(int start, int end, List<Placed> instructions) {

    /** Larger functions are those of interpreters; 1 MiB takes some milliseconds. */
    private static final int MOST_BYTES = 1 << 20;

    /** An instruction where it stands. */
    record Placed(int at, Instruction instruction) {
        boolean jumpsTo(int place) {
            return instruction.jumps() && target() == place;
        }

        /** Where it jumps to or what it calls; itself if it does neither. */
        int target() {
            return at + instruction.target().orElse(0);
        }

        int next() {
            return at + instruction.length();
        }
    }

    /** Reads the instructions that begin in a range. */
    static FunctionBody read(FileContent content, InstructionSet set, long from, long to) {
        int end = (int) Math.min(Math.min(to, content.limit()), from + MOST_BYTES);
        int start = (int) from;
        List<Placed> instructions = new ArrayList<>();
        int at = start;
        while (at < end) {
            Optional<Instruction> instruction = set.read(content, at, content.limit());
            if (instruction.isPresent()) {
                instructions.add(new Placed(at, instruction.get()));
            }
            at += instruction.map(Instruction::length).orElse(set.step());
        }
        return new FunctionBody(start, end, instructions);
    }

    List<Placed> jumpsTo(int place) {
        return instructions.stream().filter(placed -> placed.jumpsTo(place)).toList();
    }

    /** Where jumps go that leave this piece. */
    List<Integer> exits() {
        return instructions.stream()
                .filter(placed -> placed.instruction().jumps() && leaves(placed))
                .map(Placed::target)
                .distinct()
                .toList();
    }

    /** Whether it leads out of this piece. */
    boolean leaves(Placed placed) {
        return placed.target() < start || placed.target() >= end;
    }

    Optional<Placed> last() {
        return instructions.isEmpty() ? Optional.empty() : Optional.of(instructions.get(instructions.size() - 1));
    }

    /** Whether there is nothing but nops, one behind the other, the last of which ends at a place. */
    boolean areNopsUpTo(int place) {
        int at = start;
        for (Placed placed : instructions) {
            if (placed.at() != at || !placed.instruction().isNop()) {
                return false;
            }
            at = placed.next();
        }
        return at == place;
    }

    /** Whether a place lies within an instruction, and everything before it is understood. */
    boolean runsOver(int place) {
        int at = start;
        for (Placed placed : instructions) {
            if (placed.at() != at) {
                return false;
            }
            at = placed.next();
        }
        return at > place;
    }

    /** The instructions from a place on; none if no instruction begins there. */
    List<Placed> from(int place) {
        return instructions.stream()
                .dropWhile(placed -> placed.at() < place)
                .takeWhile(placed -> place >= start && placed.at() >= place)
                .toList();
    }
}
