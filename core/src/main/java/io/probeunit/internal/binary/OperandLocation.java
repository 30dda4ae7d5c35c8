package io.probeunit.internal.binary;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where an argument is at the moment its mark fires. Registers have the numbers that DWARF gives them: for x86-64 in the
 * System V psABI, figure 3.36 (rax 0, rdx 1, rcx 2, rbx 3, rsi 4, rdi 5, rbp 6, rsp 7, r8 to r15 8 to 15, rip 16); for
 * AArch64 in "DWARF for the Arm 64-bit Architecture" (x0 to x30 0 to 30, sp 31). Immutable and thread-safe.
 */
public sealed interface OperandLocation {

    /**
     * In a register.
     *
     * @param dwarfNumber the register
     * @param bitOffset the lowest bit of the value: 8 for {@code %ah}, {@code %bh}, {@code %ch}, {@code %dh}, else 0
     */
    record Register(int dwarfNumber, int bitOffset) implements OperandLocation {}

    /**
     * In memory, at {@code base + index * scale + displacement}, in 64-bit arithmetic that wraps.
     *
     * <p>A variable of the file ({@code sym+4(%rip)}) has the instruction pointer as base, which stands for the address
     * of the probed instruction: the displacement is the way from the mark's site to the variable. So it holds wherever
     * the file was loaded.
     *
     * @param base the register that holds the base address, if any
     * @param index the register that is multiplied, if any
     * @param scale 1, 2, 4 or 8; 1 without an index
     * @param displacement in bytes
     * @param symbol the variable whose address went into the displacement, if any; for messages
     */
    record Memory(OptionalInt base, OptionalInt index, int scale, long displacement, Optional<String> symbol)
            implements OperandLocation {}

    /**
     * Nowhere: the value is in the note.
     *
     * @param value the value, already cut to the operand's width and extended by its sign
     */
    record Constant(long value) implements OperandLocation {}

    /**
     * Not understood, or of a kind that is not read.
     *
     * @param reason a sentence without a full stop, for "arg2 cannot be captured: …"
     */
    record Unsupported(String reason) implements OperandLocation {}
}
