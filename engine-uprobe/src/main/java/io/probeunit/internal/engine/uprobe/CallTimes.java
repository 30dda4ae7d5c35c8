package io.probeunit.internal.engine.uprobe;

import io.probeunit.internal.engine.uprobe.Assembler.Jump;
import io.probeunit.internal.engine.uprobe.Assembler.Operation;
import io.probeunit.internal.kernel.Kernel;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Times calls, from the entry of a function to its return: a table in the kernel holds when each running call began.
 *
 * <p>A call is known by its task, its stack pointer at the entry, and its site. A recursive call has another stack
 * pointer. An entry without a return (longjmp, a thread that ends) stays in the table; if the same task calls the function
 * again at the same place of its stack, the first call gets a key of its own. A return without an entry has no time: its value is {@link
 * SlotReading.Took#UNKNOWN}. So does a call that a child process ends after fork(2), since the child is another task.
 *
 * <p>The cost of the probes themselves is part of a time: the end of the entry's program and the two ways between the
 * program and the kernel.
 */
final class CallTimes implements AutoCloseable {

    /** Where the time of the call lies on the stack of the program. */
    static final int TOOK = -16;

    private static final int KEY = -40;
    private static final int KEY_STACK = KEY + 8;
    private static final int KEY_SITE = KEY + 16;
    private static final int KEY_BYTES = 24;
    private static final int NOW = -48;
    private static final int VALUE = NOW;
    private static final int LEFT_KEY = -72;
    private static final int LEFT_VALUE = -80;

    /** Calls that run at the same time, and those that never return. */
    private static final int MOST_RUNNING = 1 << 14;

    private static final int READ_AT_ONCE = 128;

    private final Kernel kernel;
    private final Bpf bpf;
    private final PtRegs registers;
    private final int table;

    CallTimes(Kernel kernel, Bpf bpf, PtRegs registers) {
        this.kernel = kernel;
        this.bpf = bpf;
        this.registers = registers;
        this.table = bpf.hash(KEY_BYTES, Long.BYTES, MOST_RUNNING);
    }

    /** The program at the entries: it notes when the call begins, as late as it can. */
    Assembler entries(TaskFilter filter, CookieSource cookie) {
        Assembler assembler = new Assembler();
        assembler.move(Reg.R6, Reg.R1);
        filter.write(assembler);
        CountingProgram.findCookie(assembler, cookie);
        key(assembler, 0);
        keepLeftCall(assembler);
        assembler.call(BpfFunction.KTIME_GET_NS).store(Width.DOUBLE, Reg.R10, VALUE, Reg.R0);
        update(assembler, KEY, VALUE);
        return assembler.label(CgroupFilter.OUT).move(Reg.R0, 0).exit();
    }

    /**
     * An older entry of the same key is that of a call that did not return: it is kept by the time when it began,
     * negative, where no stack is.
     */
    private void keepLeftCall(Assembler assembler) {
        onEntry(assembler, KEY, BpfFunction.MAP_LOOKUP_ELEM);
        assembler
                .jump(Jump.EQUAL, Reg.R0, 0, "first")
                .load(Width.DOUBLE, Reg.R1, Reg.R0, 0)
                .store(Width.DOUBLE, Reg.R10, LEFT_VALUE, Reg.R1)
                .arithmetic(Operation.MULTIPLY, Reg.R1, -1)
                .store(Width.DOUBLE, Reg.R10, LEFT_KEY + KEY_STACK - KEY, Reg.R1)
                .load(Width.DOUBLE, Reg.R1, Reg.R10, KEY)
                .store(Width.DOUBLE, Reg.R10, LEFT_KEY, Reg.R1)
                .load(Width.DOUBLE, Reg.R1, Reg.R10, KEY_SITE)
                .store(Width.DOUBLE, Reg.R10, LEFT_KEY + KEY_SITE - KEY, Reg.R1);
        update(assembler, LEFT_KEY, LEFT_VALUE);
        assembler.label("first");
    }

    private void update(Assembler assembler, int key, int value) {
        assembler.move(Reg.R3, Reg.R10).arithmetic(Operation.ADD, Reg.R3, value).move(Reg.R4, 0);
        onEntry(assembler, key, BpfFunction.MAP_UPDATE_ELEM);
    }

    /** Calls a function on the table's entry with a key that is on the stack. */
    private void onEntry(Assembler assembler, int key, BpfFunction function) {
        assembler
                .map(Reg.R1, table)
                .move(Reg.R2, Reg.R10)
                .arithmetic(Operation.ADD, Reg.R2, key)
                .call(function);
    }

    /** The beginning of the program at the returns: the time is taken before anything else. */
    static void writeNow(Assembler assembler) {
        assembler.call(BpfFunction.KTIME_GET_NS).store(Width.DOUBLE, Reg.R10, NOW, Reg.R0);
    }

    /** Puts the time of the call where {@link #TOOK} is. R6 is the context, R7 the cookie; changes R0 to R5. */
    void writeTook(Assembler assembler) {
        assembler
                .store(Width.DOUBLE, Reg.R10, TOOK, SlotReading.Took.UNKNOWN)
                .move(Reg.R1, Reg.R7)
                .arithmetic(Operation.SHIFT_LEFT, Reg.R1, Integer.SIZE)
                .arithmetic(Operation.SHIFT_RIGHT, Reg.R1, Long.SIZE - 1)
                .jump(Jump.EQUAL, Reg.R1, 0, "timed");
        key(assembler, registers.poppedByReturn());
        onEntry(assembler, KEY, BpfFunction.MAP_LOOKUP_ELEM);
        assembler
                .jump(Jump.EQUAL, Reg.R0, 0, "timed")
                .load(Width.DOUBLE, Reg.R1, Reg.R0, 0)
                .load(Width.DOUBLE, Reg.R2, Reg.R10, NOW)
                .arithmetic(Operation.SUBTRACT, Reg.R2, Reg.R1)
                .store(Width.DOUBLE, Reg.R10, TOOK, Reg.R2);
        onEntry(assembler, KEY, BpfFunction.MAP_DELETE_ELEM);
        assembler.label("timed");
    }

    private void key(Assembler assembler, int popped) {
        assembler
                .call(BpfFunction.GET_CURRENT_PID_TGID)
                .store(Width.DOUBLE, Reg.R10, KEY, Reg.R0)
                .load(Width.DOUBLE, Reg.R1, Reg.R6, registers.stackPointer())
                .arithmetic(Operation.SUBTRACT, Reg.R1, popped)
                .store(Width.DOUBLE, Reg.R10, KEY_STACK, Reg.R1)
                .move(Reg.R1, Reg.R7)
                .arithmetic(Operation.SHIFT_LEFT, Reg.R1, Integer.SIZE)
                .arithmetic(Operation.SHIFT_RIGHT, Reg.R1, Integer.SIZE)
                .store(Width.DOUBLE, Reg.R10, KEY_SITE, Reg.R1);
    }

    /** When the calls began that have not returned, by the index of their point; on the kernel's monotonic clock. */
    Map<Integer, List<Long>> running() {
        Map<Integer, List<Long>> running = new HashMap<>();
        Optional<byte[]> next = Optional.empty();
        do {
            Bpf.Entries part = bpf.entries(table, KEY_BYTES, Long.BYTES, next, READ_AT_ONCE);
            ByteBuffer keys = part.keys();
            for (int i = 0; i < part.count(); i++) {
                int point = Sites.point(keys.getLong(i * KEY_BYTES + KEY_SITE - KEY));
                running.computeIfAbsent(point, p -> new ArrayList<>())
                        .add(part.values().getLong(i * Long.BYTES));
            }
            next = part.next();
        } while (next.isPresent());
        return running;
    }

    @Override
    public void close() {
        Release.descriptor(kernel, table);
    }
}
