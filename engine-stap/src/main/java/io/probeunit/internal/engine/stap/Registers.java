package io.probeunit.internal.engine.stap;

/**
 * Registers of x86-64 by their DWARF numbers, which {@code @uregister} takes; System V ABI, AMD64 supplement, figures 3.4
 * and 3.36.
 */
final class Registers {

    static final int RETURN_VALUE = 0;

    /** Where the kernel keeps them in the context of a probe: {@code struct pt_regs} of x86-64. */
    private static final int[] IN_CONTEXT = {80, 96, 88, 40, 104, 112, 32, 152, 72, 64, 56, 48, 24, 16, 8, 0, 128};

    private static final int[] ARGUMENTS = {5, 4, 1, 2, 8, 9};

    private Registers() {}

    /** The DWARF number of the register that an argument is in. */
    static int argument(int number) {
        return ARGUMENTS[number - 1];
    }

    static String read(int dwarfNumber) {
        return "@uregister(" + dwarfNumber + ")";
    }

    static int inContext(int dwarfNumber) {
        return IN_CONTEXT[dwarfNumber];
    }
}
