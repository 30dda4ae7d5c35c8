package io.probeunit.internal.engine.uprobe;

import io.probeunit.internal.engine.uprobe.Assembler.Jump;
import io.probeunit.internal.engine.uprobe.Assembler.Operation;
import io.probeunit.internal.plan.ValueType;
import java.util.List;

/**
 * Writes the part of a program that judges a firing without details by the filters of its site: it adds the firing to
 * those that satisfy a filter, or to those of which that is not known, since memory could not be read or the entry of the
 * call was not seen.
 *
 * <p>It must decide as {@link RecordDecoder} and then the recording's {@code PointFilter} decide on the same firing;
 * conformance compares them on random firings.
 *
 * <p>R6 is the context, R9 the point's counters; R8 says whether something could not be read.
 */
final class JudgingCode {

    private static final int BUFFER = -8;

    private final Assembler assembler;
    private final BpfFunction readUser;
    private final CounterMap counters;
    private int labels;

    /**
     * Prepares to write.
     *
     * @param readUser the function that reads memory
     */
    JudgingCode(Assembler assembler, BpfFunction readUser, CounterMap counters) {
        this.assembler = assembler;
        this.readUser = readUser;
        this.counters = counters;
    }

    /** Writes the code for the filters of one site, one after the other. */
    void write(List<SiteFilter> filters) {
        for (int i = 0; i < filters.size(); i++) {
            filter(filters.get(i), i);
        }
    }

    private void filter(SiteFilter filter, int index) {
        if (filter.neverHolds()) {
            // the kernel refuses code that nothing leads to
            return;
        }
        String next = "judged" + labels++;
        if (filter.mayFail()) {
            assembler.move(Reg.R8, 0);
        }
        filter.conditions().forEach(condition -> condition(condition, next));
        String add = "add" + labels++;
        assembler.move(Reg.R1, 1);
        if (filter.mayFail()) {
            assembler
                    .jump(Jump.EQUAL, Reg.R8, 0, add)
                    .atomicAdd(Reg.R9, counters.undecided(index), Reg.R1)
                    .jump(next);
        }
        assembler
                .label(add)
                .atomicAdd(Reg.R9, counters.satisfied(index), Reg.R1)
                .label(next);
    }

    /** Goes on behind the filter if the condition fails. */
    private void condition(SiteCondition condition, String fails) {
        String checked = "checked" + labels++;
        read(condition.value(), checked);
        if (condition.decided().isEmpty()) {
            condition.type().ifPresent(this::narrow);
            assembler
                    .constant(Reg.R2, condition.literal().longValue())
                    .jump(Jump.unless(condition.comparison(), condition.signed()), Reg.R1, Reg.R2, fails);
        } else if (!condition.decided().get()) {
            assembler.jump(fails);
        }
        assembler.label(checked);
    }

    /** Brings a value into R1; where it cannot be read, notes that and goes on behind the condition. */
    private void read(SlotReading value, String checked) {
        if (value instanceof SlotReading.Constant constant) {
            assembler.constant(Reg.R1, constant.value());
        } else if (value instanceof SlotReading.Register register) {
            assembler.load(Width.DOUBLE, Reg.R1, Reg.R6, register.offset());
            if (register.shift() > 0) {
                assembler.arithmetic(Operation.SHIFT_RIGHT, Reg.R1, register.shift());
            }
            narrow(register.size() * Byte.SIZE, register.signed());
        } else if (value instanceof SlotReading.Took) {
            String known = "known" + labels++;
            assembler
                    .load(Width.DOUBLE, Reg.R1, Reg.R10, CallTimes.TOOK)
                    .jump(Jump.NOT_EQUAL, Reg.R1, SlotReading.Took.UNKNOWN, known)
                    .move(Reg.R8, 1)
                    .jump(checked)
                    .label(known);
        } else if (value instanceof SlotReading.Memory memory) {
            String readable = "readable" + labels++;
            memory.address(assembler);
            assembler
                    .store(Width.DOUBLE, Reg.R10, BUFFER, 0)
                    .move(Reg.R1, Reg.R10)
                    .arithmetic(Operation.ADD, Reg.R1, BUFFER)
                    .move(Reg.R2, memory.size())
                    .call(readUser)
                    .jump(Jump.EQUAL, Reg.R0, 0, readable)
                    .move(Reg.R8, 1)
                    .jump(checked)
                    .label(readable)
                    .load(Width.DOUBLE, Reg.R1, Reg.R10, BUFFER);
            narrow(memory.size() * Byte.SIZE, memory.signed());
        } else {
            throw new IllegalArgumentException("a filter on text: " + value);
        }
    }

    private void narrow(ValueType type) {
        narrow(type.bits(), type.isSigned());
    }

    private void narrow(int bits, boolean signed) {
        int unused = Long.SIZE - bits;
        if (unused > 0) {
            assembler
                    .arithmetic(Operation.SHIFT_LEFT, Reg.R1, unused)
                    .arithmetic(signed ? Operation.SHIFT_RIGHT_SIGNED : Operation.SHIFT_RIGHT, Reg.R1, unused);
        }
    }
}
