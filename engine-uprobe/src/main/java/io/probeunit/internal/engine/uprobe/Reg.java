package io.probeunit.internal.engine.uprobe;

/** Registers of BPF: R0 holds results, R1 to R5 arguments of functions, R6 to R9 survive calls, R10 is the frame. */
enum Reg {
    R0,
    R1,
    R2,
    R3,
    R4,
    R5,
    R6,
    R7,
    R8,
    R9,
    R10;

    @Override
    public String toString() {
        return "r" + ordinal();
    }
}
