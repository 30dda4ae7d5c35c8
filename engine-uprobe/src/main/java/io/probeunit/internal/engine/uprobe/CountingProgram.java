package io.probeunit.internal.engine.uprobe;

import io.probeunit.internal.engine.uprobe.Assembler.Jump;
import io.probeunit.internal.engine.uprobe.Assembler.Operation;
import java.util.List;
import java.util.Optional;

/**
 * Writes the program that every uprobe of a session runs.
 *
 * <p>It leaves at once where the task is not in the target's cgroup or below it. Then it adds the firing, atomically and
 * once, to one of two counters of its point on this CPU: detailed, if the window's quota allows it, or it is a slow call whose
 * stack is wanted, and the ring buffer has room; else plain; plain firings are judged by the filters of their site. Atomically even though each CPU has its own: a task can be preempted in between by another one that
 * hits the same point.
 *
 * <p>Registers throughout: R6 the context, R7 the cookie, R8 the record, R9 the point's counters.
 */
final class CountingProgram {

    private static final int NO_WAKEUP = 1;
    private static final int POINT_MASK = Sites.MOST_POINTS - 1;
    private static final int SAVED_ADDRESS = -8;
    private static final int PAGE_MASK = 4095;

    private final Assembler assembler = new Assembler();
    private final TaskFilter filter;
    private final int points;
    private final CounterMap counters;
    private final RecordRing ring;
    private final List<Layout> layouts;
    private final Optional<CallTimes> times;
    private final CookieSource cookie;
    private final PtRegs registers;
    private final Optional<PidNumbers> numbers;
    private int labels;

    private CountingProgram(
            TaskFilter filter,
            int points,
            CounterMap counters,
            RecordRing ring,
            List<Layout> layouts,
            Optional<CallTimes> times,
            CookieSource cookie,
            PtRegs registers,
            Optional<PidNumbers> numbers) {
        this.filter = filter;
        this.points = points;
        this.counters = counters;
        this.ring = ring;
        this.layouts = layouts;
        this.times = times;
        this.cookie = cookie;
        this.registers = registers;
        this.numbers = numbers;
    }

    static Assembler write(
            TaskFilter filter,
            int points,
            CounterMap counters,
            RecordRing ring,
            List<Layout> layouts,
            Optional<CallTimes> times,
            CookieSource cookie,
            PtRegs registers,
            Optional<PidNumbers> numbers) {
        CountingProgram program =
                new CountingProgram(filter, points, counters, ring, layouts, times, cookie, registers, numbers);
        program.filter();
        program.findCounters();
        program.ends();
        program.records();
        program.judges();
        return program.assembler;
    }

    private void filter() {
        assembler.move(Reg.R6, Reg.R1);
        if (times.isPresent()) {
            CallTimes.writeNow(assembler);
        }
        filter.write(assembler);
    }

    /** Brings the cookie into R7; the context is in R6. */
    static void findCookie(Assembler assembler, CookieSource cookie) {
        if (cookie instanceof CookieSource.Fixed fixed) {
            assembler.constant(Reg.R7, fixed.cookie());
        } else {
            assembler.move(Reg.R1, Reg.R6).call(BpfFunction.GET_ATTACH_COOKIE).move(Reg.R7, Reg.R0);
        }
    }

    private void findCounters() {
        findCookie(assembler, cookie);
        times.ifPresent(calls -> calls.writeTook(assembler));
        assembler
                .call(BpfFunction.GET_SMP_PROCESSOR_ID)
                .jump(Jump.AT_LEAST, Reg.R0, counters.cpus(), "out")
                .arithmetic(Operation.MULTIPLY, Reg.R0, counters.row())
                .move(Reg.R1, Reg.R7)
                .arithmetic(Operation.AND, Reg.R1, POINT_MASK)
                .jump(Jump.AT_LEAST, Reg.R1, points, "out")
                .arithmetic(Operation.MULTIPLY, Reg.R1, counters.bytesAPoint())
                .arithmetic(Operation.ADD, Reg.R0, Reg.R1)
                .mapValue(Reg.R9, counters.descriptor(), 0)
                .arithmetic(Operation.ADD, Reg.R9, Reg.R0)
                .load(Width.DOUBLE, Reg.R1, Reg.R9, CounterMap.DETAILED)
                .load(Width.DOUBLE, Reg.R2, Reg.R9, CounterMap.LIMIT)
                .jump(Jump.AT_LEAST, Reg.R1, Reg.R2, times.isPresent() ? "beyond" : "plain");
    }

    /** The code of every layout that a cookie can name. */
    private void records() {
        assembler.label("details");
        stacks().write(POINT_MASK, points);
        if (cookie instanceof CookieSource.Fixed fixed) {
            record(Sites.layout(fixed.cookie()));
            return;
        }
        dispatch("layout", 0, layouts.size());
        for (int i = 0; i < layouts.size(); i++) {
            record(i);
        }
    }

    private StackCode stacks() {
        return new StackCode(assembler, counters, ring, registers, times.isPresent(), numbers);
    }

    /** The code of every layout that judges by something. */
    private void judges() {
        if (!judge()) {
            return;
        }
        JudgingCode code = new JudgingCode(assembler, readUser(), counters);
        assembler.label("judge");
        if (cookie instanceof CookieSource.Fixed fixed) {
            code.write(layouts.get(Sites.layout(fixed.cookie())).filters());
            assembler.jump("out");
            return;
        }
        dispatch("judge", 0, layouts.size());
        for (int i = 0; i < layouts.size(); i++) {
            assembler.label("judge" + i);
            code.write(layouts.get(i).filters());
            assembler.jump("out");
        }
    }

    private boolean judge() {
        return cookie instanceof CookieSource.Fixed fixed
                ? !layouts.get(Sites.layout(fixed.cookie())).filters().isEmpty()
                : layouts.stream().anyMatch(layout -> !layout.filters().isEmpty());
    }

    /** Jumps to the code of the cookie's layout, by halving. */
    private void dispatch(String code, int from, int to) {
        if (from == 0 && to == layouts.size() && to > 1) {
            assembler.move(Reg.R8, Reg.R7).arithmetic(Operation.SHIFT_RIGHT, Reg.R8, Integer.SIZE);
        }
        if (to - from == 1) {
            assembler.jump(code + from);
            return;
        }
        int middle = (from + to) / 2;
        String upper = code + "From" + middle;
        assembler.jump(Jump.AT_LEAST, Reg.R8, middle, upper);
        dispatch(code, from, middle);
        assembler.label(upper);
        dispatch(code, middle, to);
    }

    private void record(int index) {
        Layout layout = layouts.get(index);
        assembler
                .label("layout" + index)
                .map(Reg.R1, ring.descriptor())
                .move(Reg.R2, layout.bytes())
                .move(Reg.R3, 0)
                .call(BpfFunction.RINGBUF_RESERVE)
                .jump(Jump.NOT_EQUAL, Reg.R0, 0, "reserved" + index)
                .jump("full")
                .label("reserved" + index)
                .move(Reg.R8, Reg.R0)
                .move(Reg.R1, 1)
                .atomicAdd(Reg.R9, CounterMap.DETAILED, Reg.R1)
                .call(BpfFunction.KTIME_GET_NS)
                .store(Width.DOUBLE, Reg.R8, Layout.NANOS, Reg.R0)
                .call(BpfFunction.GET_CURRENT_PID_TGID)
                .store(Width.DOUBLE, Reg.R8, Layout.TASK, Reg.R0)
                .move(Reg.R1, Reg.R8)
                .arithmetic(Operation.ADD, Reg.R1, Layout.COMMAND)
                .move(Reg.R2, Layout.COMMAND_BYTES)
                .call(BpfFunction.GET_CURRENT_COMM)
                .store(Width.DOUBLE, Reg.R8, Layout.COOKIE, Reg.R7);
        for (int slot = 0; slot < layout.slots().size(); slot++) {
            slot(layout.slots().get(slot), layout.offset(slot));
        }
        assembler
                .move(Reg.R1, Reg.R8)
                .move(Reg.R2, NO_WAKEUP)
                .call(BpfFunction.RINGBUF_SUBMIT)
                .jump("out");
    }

    private void slot(SlotReading reading, int at) {
        if (reading instanceof SlotReading.Register register) {
            assembler.load(Width.DOUBLE, Reg.R1, Reg.R6, register.offset()).store(Width.DOUBLE, Reg.R8, at, Reg.R1);
        } else if (reading instanceof SlotReading.Took) {
            assembler.load(Width.DOUBLE, Reg.R1, Reg.R10, CallTimes.TOOK).store(Width.DOUBLE, Reg.R8, at, Reg.R1);
        } else if (reading instanceof SlotReading.Constant) {
            assembler.store(Width.DOUBLE, Reg.R8, at, 0);
        } else if (reading instanceof SlotReading.Memory memory) {
            memory(memory, at);
        } else if (reading instanceof SlotReading.Text text) {
            text(text, at);
        }
    }

    /** Stores the outcome, then the value. */
    private void memory(SlotReading.Memory memory, int at) {
        memory.address(assembler);
        assembler.store(Width.DOUBLE, Reg.R8, at + Long.BYTES, 0);
        readUser(at + Long.BYTES, memory.size());
        assembler.store(Width.DOUBLE, Reg.R8, at, Reg.R0);
    }

    /** Stores the length or a negative error, then the bytes. */
    private void text(SlotReading.Text text, int at) {
        if (text.address() instanceof SlotReading.Memory memory) {
            memory.address(assembler);
            assembler.store(Width.DOUBLE, Reg.R8, at + Long.BYTES, 0);
            readUser(at + Long.BYTES, memory.size());
            assembler.load(Width.DOUBLE, Reg.R3, Reg.R8, at + Long.BYTES);
        } else if (text.address() instanceof SlotReading.Register register) {
            assembler.load(Width.DOUBLE, Reg.R3, Reg.R6, register.offset());
        } else if (text.address() instanceof SlotReading.Constant constant) {
            assembler.constant(Reg.R3, constant.value());
        }
        String done = "text" + labels++;
        assembler.store(Width.DOUBLE, Reg.R10, SAVED_ADDRESS, Reg.R3);
        readText(at);
        if (cookie.maySleep()) {
            bringIn(at, done);
        }
        assembler.label(done).store(Width.DOUBLE, Reg.R8, at, Reg.R0);
    }

    /** Tries once more after bringing in the pages that the string may lie in. */
    private void bringIn(int at, String done) {
        assembler.jump(Jump.SIGNED_LESS, Reg.R0, 0, done + "fault").jump(done).label(done + "fault");
        // Reading a byte with the function that may sleep brings the page in; a string may reach into the next one.
        assembler.load(Width.DOUBLE, Reg.R3, Reg.R10, SAVED_ADDRESS);
        readUser(at + Long.BYTES, 1);
        assembler
                .load(Width.DOUBLE, Reg.R3, Reg.R10, SAVED_ADDRESS)
                .arithmetic(Operation.OR, Reg.R3, PAGE_MASK)
                .arithmetic(Operation.ADD, Reg.R3, 1);
        readUser(at + Long.BYTES, 1);
        assembler.load(Width.DOUBLE, Reg.R3, Reg.R10, SAVED_ADDRESS);
        readText(at);
    }

    private void readText(int at) {
        assembler
                .move(Reg.R1, Reg.R8)
                .arithmetic(Operation.ADD, Reg.R1, at + Long.BYTES)
                .move(Reg.R2, SlotReading.TEXT_BYTES)
                .call(BpfFunction.PROBE_READ_USER_STR);
    }

    /** Reads from the address in R3. */
    private void readUser(int at, int size) {
        assembler
                .move(Reg.R1, Reg.R8)
                .arithmetic(Operation.ADD, Reg.R1, at)
                .move(Reg.R2, size)
                .call(readUser());
    }

    private BpfFunction readUser() {
        return cookie.maySleep() ? BpfFunction.COPY_FROM_USER : BpfFunction.PROBE_READ_USER;
    }

    /** Before the records, of which there may be so many that only a jump without a condition reaches across. */
    private void ends() {
        assembler.jump("details");
        if (times.isPresent()) {
            assembler.label("beyond");
            stacks().writeWhetherSlow(POINT_MASK, points, "details", "plain");
        }
        assembler
                .label("full")
                .move(Reg.R1, 1)
                .atomicAdd(Reg.R9, CounterMap.LOST, Reg.R1)
                .label("plain")
                .move(Reg.R1, 1)
                .atomicAdd(Reg.R9, CounterMap.PLAIN, Reg.R1);
        if (judge()) {
            assembler.jump("judge");
        }
        assembler.label("out").move(Reg.R0, 0).exit();
    }
}
