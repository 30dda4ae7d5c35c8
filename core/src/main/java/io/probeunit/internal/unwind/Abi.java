package io.probeunit.internal.unwind;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a processor's calling convention says of registers, by their DWARF numbers. */
public enum Abi {
    /** System V psABI, AMD64: figure 3.4 for what a function keeps, figure 3.36 for numbers. */
    X86_64(7, 16, 17, -1L, 3, 6, 12, 13, 14, 15),
    /** Procedure Call Standard for the Arm 64-bit Architecture, section 6.1.1; DWARF for it, section 4.1. */
    AARCH64(31, 32, 33, (1L << 48) - 1, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29);

    private final int stackPointer;
    private final int programCounter;
    private final int registers;
    private final long addressBits;
    private final Set<Integer> kept;

    Abi(int stackPointer, int programCounter, int registers, long addressBits, int... kept) {
        this.stackPointer = stackPointer;
        this.programCounter = programCounter;
        this.registers = registers;
        this.addressBits = addressBits;
        this.kept = Arrays.stream(kept).boxed().collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The stack pointer.
     *
     * @return its number
     */
    public int stackPointer() {
        return stackPointer;
    }

    /**
     * The program counter.
     *
     * @return its number here; no DWARF number on arm64
     */
    public int programCounter() {
        return programCounter;
    }

    /**
     * How many registers there are, the program counter included.
     *
     * @return numbers from 0 to less than this
     */
    public int registers() {
        return registers;
    }

    /** An address without the signature that it may carry. */
    long address(long value) {
        return value & addressBits;
    }

    /** The registers that a function without a rule has changed. */
    Registers afterCall(Registers before) {
        return IntStream.range(0, registers)
                .filter(register -> !kept.contains(register))
                .boxed()
                .reduce(before, Registers::without, (one, other) -> one);
    }
}
