package io.probeunit.internal.engine.uprobe;

import io.probeunit.internal.engine.KernelWatch;
import io.probeunit.internal.engine.uprobe.Assembler.Jump;
import io.probeunit.internal.engine.uprobe.Assembler.Operation;
import io.probeunit.internal.targets.Cgroup;

/**
 * Writes the programs of a {@link BpfKernelWatch}.
 *
 * @param exitCode offset of {@code task_struct.exit_code}
 * @param uprobes offset of {@code task_struct.utask}
 * @param depth offset of {@code uprobe_task.depth}
 */
record KernelWatchPrograms(int exitCode, int uprobes, int depth) {

    /** A process: its ids, as the function gives them. */
    static final int TASK = 0;
    /** The signal. */
    static final int SIGNAL = 8;
    /** The name of the thread. */
    static final int COMMAND = 16;

    static final int COMMAND_BYTES = 16;
    private static final int RECORD_BYTES = 32;

    private static final int SIGNAL_MASK = 0x7f;

    static KernelWatchPrograms of(TypeInformation types) {
        return new KernelWatchPrograms(
                types.offset("task_struct", "exit_code"),
                types.offset("task_struct", "utask"),
                types.offset("uprobe_task", "depth"));
    }

    /**
     * Runs where a thread ends ({@code sched_process_exit}): each thread of a process that a signal ends has that signal in
     * its code, one that exec(2) ends has not.
     */
    Assembler ends(Cgroup cgroup, RecordRing ring) {
        Assembler assembler = new Assembler().move(Reg.R6, Reg.R1);
        CgroupFilter.write(assembler, cgroup);
        return assembler
                .store(Width.DOUBLE, Reg.R10, -8, 0)
                .move(Reg.R1, Reg.R10)
                .arithmetic(Operation.ADD, Reg.R1, -8)
                .move(Reg.R2, Integer.BYTES)
                .load(Width.DOUBLE, Reg.R3, Reg.R6, 0)
                .arithmetic(Operation.ADD, Reg.R3, exitCode)
                .call(BpfFunction.PROBE_READ_KERNEL)
                .load(Width.WORD, Reg.R8, Reg.R10, -8)
                .arithmetic(Operation.AND, Reg.R8, SIGNAL_MASK)
                .jump(Jump.EQUAL, Reg.R8, 0, CgroupFilter.OUT)
                .map(Reg.R1, ring.descriptor())
                .move(Reg.R2, RECORD_BYTES)
                .move(Reg.R3, 0)
                .call(BpfFunction.RINGBUF_RESERVE)
                .jump(Jump.EQUAL, Reg.R0, 0, CgroupFilter.OUT)
                .move(Reg.R7, Reg.R0)
                .call(BpfFunction.GET_CURRENT_PID_TGID)
                .store(Width.DOUBLE, Reg.R7, TASK, Reg.R0)
                .store(Width.DOUBLE, Reg.R7, SIGNAL, Reg.R8)
                .move(Reg.R1, Reg.R7)
                .arithmetic(Operation.ADD, Reg.R1, COMMAND)
                .move(Reg.R2, COMMAND_BYTES)
                .call(BpfFunction.GET_CURRENT_COMM)
                .move(Reg.R1, Reg.R7)
                .move(Reg.R2, 0)
                .call(BpfFunction.RINGBUF_SUBMIT)
                .label(CgroupFilter.OUT)
                .move(Reg.R0, 0)
                .exit();
    }

    /** Runs where a program is started ({@code sched_process_exec}). */
    static Assembler starts(Cgroup cgroup, CounterMap counters) {
        Assembler assembler = new Assembler().move(Reg.R6, Reg.R1);
        CgroupFilter.write(assembler, cgroup);
        return assembler
                .mapValue(Reg.R9, counters.descriptor(), 0)
                .move(Reg.R1, 1)
                .atomicAdd(Reg.R9, CounterMap.LOST, Reg.R1)
                .label(CgroupFilter.OUT)
                .move(Reg.R0, 0)
                .exit();
    }

    /** Runs where a function is entered, before the kernel makes the probe of its return, or makes none. */
    Assembler withoutReturnProbe(Cgroup cgroup, CounterMap counters, int points, CookieSource cookie) {
        Assembler assembler = new Assembler().move(Reg.R6, Reg.R1);
        CgroupFilter.write(assembler, cgroup);
        assembler.call(BpfFunction.GET_CURRENT_TASK).move(Reg.R3, Reg.R0).arithmetic(Operation.ADD, Reg.R3, uprobes);
        read(assembler, Long.BYTES);
        assembler.load(Width.DOUBLE, Reg.R3, Reg.R10, -8).arithmetic(Operation.ADD, Reg.R3, depth);
        read(assembler, Integer.BYTES);
        assembler
                .load(Width.WORD, Reg.R8, Reg.R10, -8)
                .jump(Jump.LESS, Reg.R8, KernelWatch.MOST_RETURNS, CgroupFilter.OUT);
        cookie(assembler, cookie);
        return assembler
                .jump(Jump.AT_LEAST, Reg.R0, points, CgroupFilter.OUT)
                .arithmetic(Operation.MULTIPLY, Reg.R0, counters.bytesAPoint())
                .mapValue(Reg.R9, counters.descriptor(), 0)
                .arithmetic(Operation.ADD, Reg.R9, Reg.R0)
                .move(Reg.R1, 1)
                .atomicAdd(Reg.R9, CounterMap.PLAIN, Reg.R1)
                .label(CgroupFilter.OUT)
                .move(Reg.R0, 0)
                .exit();
    }

    /** Reads so many bytes at R3 to the stack; 0 where that fails, as with a thread that has met no uprobe. */
    private static void read(Assembler assembler, int bytes) {
        assembler
                .store(Width.DOUBLE, Reg.R10, -8, 0)
                .move(Reg.R1, Reg.R10)
                .arithmetic(Operation.ADD, Reg.R1, -8)
                .move(Reg.R2, bytes)
                .call(BpfFunction.PROBE_READ_KERNEL);
    }

    private static void cookie(Assembler assembler, CookieSource cookie) {
        if (cookie instanceof CookieSource.Fixed fixed) {
            assembler.constant(Reg.R0, fixed.cookie());
        } else {
            assembler.move(Reg.R1, Reg.R6).call(BpfFunction.GET_ATTACH_COOKIE);
        }
    }
}
