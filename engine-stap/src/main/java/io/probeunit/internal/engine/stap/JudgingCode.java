package io.probeunit.internal.engine.stap;

import io.probeunit.internal.engine.IntegerFilter;
import io.probeunit.internal.plan.Comparison;
import io.probeunit.internal.plan.Condition;
import java.math.BigInteger;
import java.util.List;

/**
 * The part of a handler that judges a firing without details by the filters of its point: it adds the firing to those that
 * satisfy a filter, or to those of which that is not known, since memory could not be read.
 *
 * <p>One function in BPF assembly without parameters, since each function that SystemTap copies into a handler takes stack of
 * its own, and so does each parameter. So it reads the program's registers itself: SystemTap keeps the context of the probe in
 * R6, which {@link CompiledProbes#keepContext} makes sure of. It must decide as {@link FiringDecoder} and then the recording's {@code PointFilter} decide on the same
 * firing; conformance compares them on random firings.
 */
final class JudgingCode {

    private static final String LOOKUP = "  0x118, $map, -, -, 2;\n  call, $place, map_lookup_elem, $map, $key;\n";
    private static final int BITS_OF_PART = 16;
    private static final int OF_REGISTERS = 0x08;

    private final String name;
    private final PointReading reading;
    private final PointReading.Site site;
    private final List<IntegerFilter> filters;
    private final MapLayout layout;
    private final int point;
    private final StringBuilder text = new StringBuilder();

    JudgingCode(PointReading reading, int site, MapLayout layout, int point) {
        this.name = "pu_judge%d_%d".formatted(point, site);
        this.reading = reading;
        this.site = reading.sites().get(site);
        this.filters = layout.judging().filters().get(point);
        this.layout = layout;
        this.point = point;
    }

    boolean isEmpty() {
        return filters.stream().allMatch(this::neverHolds);
    }

    String call() {
        return name + "()";
    }

    /** The function. */
    String function() {
        line("function %s:long() %%{ /* bpf */".formatted(name));
        line("  alloc, $key, 8, align;");
        line("  alloc, $memory, 8, align;");
        for (int i = 0; i < filters.size(); i++) {
            if (!neverHolds(filters.get(i))) {
                filter(i);
            }
        }
        line("  0xb7, $$, -, -, 0;");
        line("%}");
        return text.toString();
    }

    private void filter(int index) {
        List<Condition> conditions = filters.get(index).conditions();
        boolean readsMemory = conditions.stream().anyMatch(condition -> read(condition) instanceof Reading.Memory);
        String next = "_next" + index;
        if (readsMemory) {
            line("  0xb7, $unknown, -, -, 0;");
        }
        for (int i = 0; i < conditions.size(); i++) {
            check(conditions.get(i), next, "%d_%d".formatted(index, i));
        }
        line("  0xb7, $number, -, -, %d;".formatted(layout.satisfied(point, index)));
        if (readsMemory) {
            line("  0x0f, $number, $unknown, -, -;");
        }
        line("  0x7b, $key, $number, 0, 0;");
        text.append(LOOKUP);
        line("  0x15, $place, -, %s, 0;".formatted(next));
        line("  0xb7, $number, -, -, 1;");
        line("  0xdb, $place, $number, 0, 0;");
        line("  label, %s;".formatted(next));
    }

    /** Goes on behind the filter if the check fails. */
    private void check(Condition condition, String fails, String label) {
        Reading read = read(condition);
        if (read instanceof Reading.Register register) {
            load("$value", register.dwarfNumber());
            if (register.shift() > 0) {
                line("  0x77, $value, -, -, %d;".formatted(register.shift()));
            }
            narrow(register.size() * Byte.SIZE, register.signed());
            compare(condition, fails);
        } else if (read instanceof Reading.Memory memory) {
            address(memory);
            line("  0x7a, $memory, -, 0, 0;");
            line("  call, $outcome, probe_read_user, $memory, %d, $value;".formatted(memory.size()));
            line("  0x15, $outcome, -, _read%s, 0;".formatted(label));
            line("  0xb7, $unknown, -, -, 1;");
            line("  0x05, -, -, _checked%s, -;".formatted(label));
            line("  label, _read%s;".formatted(label));
            line("  0x79, $value, $memory, 0, -;");
            narrow(memory.size() * Byte.SIZE, memory.signed());
            compare(condition, fails);
            line("  label, _checked%s;".formatted(label));
        }
    }

    private void address(Reading.Memory memory) {
        line("  0xb7, $value, -, -, 0;");
        memory.base().ifPresent(register -> load("$value", register));
        memory.index().ifPresent(register -> {
            load("$number", register);
            line("  0x27, $number, -, -, %d;".formatted(memory.scale()));
            line("  0x0f, $value, $number, -, -;");
        });
        constant("$number", memory.displacement());
        line("  0x0f, $value, $number, -, -;");
    }

    private void load(String variable, int register) {
        line("  0x79, %s, 6, %d, -;".formatted(variable, Registers.inContext(register)));
    }

    private void compare(Condition condition, String fails) {
        boolean signed = reading.point().isSigned(condition.value());
        BigInteger literal = literal(condition);
        boolean below = !signed && literal.signum() < 0;
        boolean above = signed && literal.bitLength() >= Long.SIZE;
        if (below || above) {
            if (!condition.comparison().holds(below ? 1 : -1)) {
                line("  0x05, -, -, %s, -;".formatted(fails));
            }
            return;
        }
        condition.value().type().ifPresent(type -> narrow(type.bits(), type.isSigned()));
        int jump = unless(condition.comparison(), signed);
        if (literal.signum() >= 0 && literal.bitLength() < Integer.SIZE) {
            line("  0x%02x, $value, -, %s, %s;".formatted(jump, fails, literal));
        } else {
            constant("$number", literal.longValue());
            line("  0x%02x, $value, $number, %s, -;".formatted(jump | OF_REGISTERS, fails));
        }
    }

    /** SystemTap takes no number of more than 32 bits. */
    private void constant(String variable, long value) {
        line("  0xb7, %s, -, -, %d;".formatted(variable, part(value, Long.SIZE - BITS_OF_PART)));
        for (int at = Long.SIZE - 2 * BITS_OF_PART; at >= 0; at -= BITS_OF_PART) {
            line("  0x67, %s, -, -, %d;".formatted(variable, BITS_OF_PART));
            line("  0x07, %s, -, -, %d;".formatted(variable, part(value, at)));
        }
    }

    private static long part(long value, int at) {
        return value >>> at & (1 << BITS_OF_PART) - 1;
    }

    private void narrow(int bits, boolean signed) {
        int unused = Long.SIZE - bits;
        if (unused > 0) {
            line("  0x67, $value, -, -, %d;".formatted(unused));
            line("  0x%s, $value, -, -, %d;".formatted(signed ? "c7" : "77", unused));
        }
    }

    /** The opcode of the jump that is taken where a comparison with a number of the instruction does not hold. */
    private static int unless(Comparison comparison, boolean signed) {
        return switch (comparison) {
            case EQUAL -> 0x55;
            case NOT_EQUAL -> 0x15;
            case LESS -> signed ? 0x75 : 0x35;
            case AT_MOST -> signed ? 0x65 : 0x25;
            case GREATER -> signed ? 0xd5 : 0xb5;
            case AT_LEAST -> signed ? 0xc5 : 0xa5;
            case FINDS -> throw new IllegalArgumentException("=~ compares text");
        };
    }

    private boolean neverHolds(IntegerFilter filter) {
        return filter.conditions().stream()
                .anyMatch(condition -> read(condition) instanceof Reading.Constant constant
                        && !condition.holds(
                                condition
                                        .value()
                                        .type()
                                        .map(type -> type.narrow(constant.constant()))
                                        .orElse(constant.constant()),
                                reading.point().isSigned(condition.value())));
    }

    private Reading read(Condition condition) {
        return reading.value(site, condition.value());
    }

    private static BigInteger literal(Condition condition) {
        return ((Condition.Literal.Number) condition.literal()).value();
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
