package io.probeunit.internal.engine.perf;

import java.util.List;

/** The names by which uprobe events read the registers of a machine. */
enum RegisterNames {
    /** {@code arch/x86/kernel/ptrace.c}; System V ABI, AMD64 supplement, figures 3.4 and 3.36. */
    X86(
            List.of(
                    "ax", "dx", "cx", "bx", "si", "di", "bp", "sp", "r8", "r9", "r10", "r11", "r12", "r13", "r14",
                    "r15", "ip"),
            List.of("di", "si", "dx", "cx", "r8", "r9")),
    /** {@code arch/arm64/kernel/ptrace.c}; "DWARF for the Arm 64-bit Architecture", "Procedure Call Standard". */
    ARM64(
            List.of(
                    "x0", "x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11", "x12", "x13", "x14",
                    "x15", "x16", "x17", "x18", "x19", "x20", "x21", "x22", "x23", "x24", "x25", "x26", "x27", "x28",
                    "x29", "x30", "sp"),
            List.of("x0", "x1", "x2", "x3", "x4", "x5", "x6", "x7"));

    private final List<String> byDwarfNumber;
    private final List<String> arguments;

    RegisterNames(List<String> byDwarfNumber, List<String> arguments) {
        this.byDwarfNumber = byDwarfNumber;
        this.arguments = arguments;
    }

    /**
     * Finds those of a machine.
     *
     * @param machine as {@code uname -m} prints it
     */
    static RegisterNames of(String machine) {
        return machine.equals("aarch64") ? ARM64 : X86;
    }

    String register(int dwarfNumber) {
        return "%" + byDwarfNumber.get(dwarfNumber);
    }

    /** How many arguments of a function are in registers on every machine. */
    static int fewestArguments() {
        return X86.arguments();
    }

    /** How many arguments of a function are in registers. */
    int arguments() {
        return arguments.size();
    }

    /** An argument of a function, counted from 1. */
    String argument(int number) {
        return "%" + arguments.get(number - 1);
    }
}
