package io.probeunit.internal.plan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What must be true of a probe point when the window has closed.
 *
 * @param probe the point, with the values that the conditions need
 * @param bounds how often it must have fired
 * @param where conditions that must all hold for a firing to count
 * @param within how long after the test method's return the bounds are watched
 */
public record Expectation(ProbeRequest probe, CountBounds bounds, List<Condition> where, Optional<Duration> within) {

    /** Keeps a copy of the list, and refuses conditions that could never be right. */
    public Expectation {
        where = List.copyOf(where);
        where.forEach(c -> {
            refuseUntypedNumber(probe.point(), c);
            refuseWhatTheTypeDecides(c);
        });
    }

    /**
     * A copy with another probe, other bounds and other conditions.
     *
     * @param probe instead of this one
     * @param bounds instead of these
     * @param where instead of these
     * @return all else is as it is here
     */
    public Expectation with(ProbeRequest probe, CountBounds bounds, List<Condition> where) {
        return new Expectation(probe, bounds, where, within);
    }

    /**
     * A caller need not clear the upper half of a register for an {@code int}, and a function not for its {@code bool}
     * (System V psABI, 3.2.3): compared as 64 bits, a number that is equal would not be.
     */
    private static void refuseUntypedNumber(PointSpec point, Condition condition) {
        Capture value = condition.value();
        if (point instanceof FunctionSpec
                && value.type().isEmpty()
                && !(value.source() instanceof CaptureSource.Variable)
                && !(value.source() instanceof CaptureSource.Took)) {
            String rest = condition
                    .text()
                    .substring(
                            condition.text().indexOf(value.key()) + value.key().length());
            throw new PlanException(
                    "where = \"%s\" compares a number, and the type of %s is not known: it is a register of 64 bits, and a function uses only the bits of its type (PU0232). Write \"%2$s:s32%s\" for an int, and :u32 for an unsigned int, :u8 for a bool, :s64 for a long, :u64 for a size_t."
                            .formatted(condition.text(), value.key(), rest));
        }
    }

    /** With such a condition {@code times = 0} would be met, or the condition be ignored, whatever happens. */
    private static void refuseWhatTheTypeDecides(Condition condition) {
        Capture value = condition.value();
        value.type()
                .flatMap(type -> condition
                        .decidedBy(type.bits(), type.isSigned())
                        .map(holds -> sentence(condition, type, holds)))
                .ifPresent(sentence -> {
                    throw new PlanException(sentence);
                });
    }

    private static String sentence(Condition condition, ValueType type, boolean holds) {
        return "where = \"%s\" is true for %s value: %s is %s number of %d bits. Compare with a value that it can have, or give another type (PU0231)."
                .formatted(
                        condition.text(),
                        holds ? "every" : "no",
                        condition.value(),
                        type.isSigned() ? "a signed" : "an unsigned",
                        type.bits());
    }
}
