package io.probeunit.internal.dwarf;

import java.util.List;

/**
 * How an instruction set passes arguments: System V psABI for x86-64, section 3.2.3; AAPCS64, section 6.8.
 */
public enum Convention {
    /** x86-64. */
    X86_64(7, 6, Long.BYTES, List.of(5, 4, 1, 2, 8, 9)),
    /** arm64. */
    AARCH64(31, 29, 0, List.of(0, 1, 2, 3, 4, 5, 6, 7));

    private final int stackPointer;
    private final int framePointer;
    private final int frameAbove;
    private final List<Integer> integers;

    Convention(int stackPointer, int framePointer, int frameAbove, List<Integer> integers) {
        this.stackPointer = stackPointer;
        this.framePointer = framePointer;
        this.frameAbove = frameAbove;
        this.integers = integers;
    }

    /** The place in a frame that its callers' part begins at, as a function is entered. */
    EntryPlace.Memory inFrame(long offset) {
        return new EntryPlace.Memory(stackPointer, offset + frameAbove);
    }

    /** Whether a function changes what the register holds before its body begins. */
    boolean isOfFrame(int register) {
        return register == stackPointer || register == framePointer;
    }

    /**
     * The registers for integers and pointers.
     *
     * @return their numbers of DWARF, in the order of the arguments
     */
    public List<Integer> integers() {
        return integers;
    }
}
