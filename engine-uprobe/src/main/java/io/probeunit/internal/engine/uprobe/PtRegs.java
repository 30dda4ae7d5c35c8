package io.probeunit.internal.engine.uprobe;

import io.probeunit.internal.unwind.Abi;

/** Where a processor's registers are in the kernel's {@code struct pt_regs}, which is a uprobe program's context. */
interface PtRegs {

    /**
     * A register by its DWARF number.
     *
     * @param dwarfNumber as in marks' operands
     * @return offset in bytes
     */
    int offset(int dwarfNumber);

    /**
     * The numbers of the registers, of which all are here.
     *
     * @return those that walk a stack
     */
    Abi abi();

    /**
     * How many arguments of a function are in registers.
     *
     * @return the last that can be read
     */
    int arguments();

    /**
     * The register of a function's argument.
     *
     * @param number 1 for the first, at most {@link #arguments()}
     * @return offset in bytes
     */
    int argument(int number);

    /**
     * The register of a function's return value.
     *
     * @return offset in bytes
     */
    int returnValue();

    /**
     * The stack pointer.
     *
     * @return offset in bytes
     */
    int stackPointer();

    /**
     * By how much the stack pointer is higher when a function has returned than when it was entered.
     *
     * @return bytes: those of the return address, if that is on the stack
     */
    int poppedByReturn();
}
