package io.probeunit.internal.engine.uprobe;

import io.probeunit.internal.unwind.Abi;

/** x86-64: {@code arch/x86/include/asm/ptrace.h}; System V ABI, AMD64 supplement, figures 3.4 and 3.36. */
final class X86PtRegs implements PtRegs {

    /** By DWARF number: rax rdx rcx rbx rsi rdi rbp rsp r8 … r15 rip. */
    private static final int[] OFFSETS = {80, 96, 88, 40, 104, 112, 32, 152, 72, 64, 56, 48, 24, 16, 8, 0, 128};

    private static final int[] ARGUMENTS = {5, 4, 1, 2, 8, 9};
    private static final int RAX = 0;
    private static final int RSP = 7;

    @Override
    public int offset(int dwarfNumber) {
        return OFFSETS[dwarfNumber];
    }

    @Override
    public Abi abi() {
        return Abi.X86_64;
    }

    @Override
    public int arguments() {
        return ARGUMENTS.length;
    }

    @Override
    public int argument(int number) {
        return offset(ARGUMENTS[number - 1]);
    }

    @Override
    public int returnValue() {
        return offset(RAX);
    }

    @Override
    public int stackPointer() {
        return offset(RSP);
    }

    @Override
    public int poppedByReturn() {
        return Long.BYTES;
    }
}
