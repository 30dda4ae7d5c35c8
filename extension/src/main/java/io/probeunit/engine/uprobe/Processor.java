package io.probeunit.engine.uprobe;

import java.util.Arrays;
import java.util.Optional;

/**
 * The kinds of processors that this engine works on, with what differs between them. Numbers of system calls are those of
 * the kernel's tables, {@code __NR_bpf} and {@code __NR_perf_event_open}.
 */
enum Processor {
    X86_64("x86_64", 321, 298, new X86PtRegs()),
    AARCH64("aarch64", 280, 241, new Arm64PtRegs());

    private final String machine;
    private final long bpf;
    private final long perfEventOpen;
    private final PtRegs registers;

    Processor(String machine, long bpf, long perfEventOpen, PtRegs registers) {
        this.machine = machine;
        this.bpf = bpf;
        this.perfEventOpen = perfEventOpen;
        this.registers = registers;
    }

    /** By the name that {@code uname -m} gives it. */
    static Optional<Processor> named(String machine) {
        return Arrays.stream(values()).filter(p -> p.machine.equals(machine)).findFirst();
    }

    /** That of the JVM's own machine, the only one on which this engine arms probes; the preflight refuses any other. */
    static Processor here() {
        return named(System.getProperty("os.arch")).orElse(X86_64);
    }

    long bpf() {
        return bpf;
    }

    long perfEventOpen() {
        return perfEventOpen;
    }

    PtRegs registers() {
        return registers;
    }
}
