package io.probeunit.engine.stap;

/**
 * Registers of x86-64 by their DWARF numbers, which {@code @uregister} takes; System V ABI, AMD64 supplement, figures 3.4
 * and 3.36.
 */
final class Registers {

    static final int RETURN_VALUE = 0;
    static final int INSTRUCTION_POINTER = 16;

    private static final int[] ARGUMENTS = {5, 4, 1, 2, 8, 9};

    private Registers() {}

    static String argument(int number) {
        return read(ARGUMENTS[number - 1]);
    }

    static String read(int dwarfNumber) {
        return "@uregister(" + dwarfNumber + ")";
    }
}
