package io.probeunit.internal.engine.uprobe;

import io.probeunit.internal.kernel.Machine;

/** The registers of each kind of machine that this engine works on. */
final class Registers {

    private Registers() {}

    static PtRegs of(Machine machine) {
        return switch (machine) {
            case X86_64 -> new X86PtRegs();
            case AARCH64 -> new Arm64PtRegs();
        };
    }
}
