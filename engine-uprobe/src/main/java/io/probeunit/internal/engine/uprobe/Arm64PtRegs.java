package io.probeunit.internal.engine.uprobe;

import io.probeunit.internal.unwind.Abi;

/** arm64: {@code arch/arm64/include/asm/ptrace.h}, {@code struct user_pt_regs}: x0 to x30, sp, pc. */
final class Arm64PtRegs implements PtRegs {

    private static final int ARGUMENTS = 8;
    private static final int SP = 31;

    @Override
    public int offset(int dwarfNumber) {
        return dwarfNumber * Long.BYTES;
    }

    @Override
    public Abi abi() {
        return Abi.AARCH64;
    }

    @Override
    public int arguments() {
        return ARGUMENTS;
    }

    @Override
    public int argument(int number) {
        return offset(number - 1);
    }

    @Override
    public int returnValue() {
        return offset(0);
    }

    @Override
    public int stackPointer() {
        return offset(SP);
    }

    /** The return address is in x30. */
    @Override
    public int poppedByReturn() {
        return 0;
    }
}
