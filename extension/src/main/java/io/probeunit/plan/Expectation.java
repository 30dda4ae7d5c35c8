package io.probeunit.plan;

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
            refuseSignOfRawRegister(probe.point(), c);
            refuseWhatTheTypeDecides(probe.point(), c);
        });
    }

    /** With such a condition {@code times = 0} would be met, or the condition be ignored, whatever happens. */
    private static void refuseWhatTheTypeDecides(PointSpec point, Condition condition) {
        Capture value = condition.value();
        if (value.type().isPresent()) {
            ValueType type = value.type().get();
            condition.decidedBy(type.bits(), type.isSigned()).ifPresent(holds -> {
                throw new PlanException(
                        "where = \"%s\" holds for %s value: %s is %s number of %d bits. Compare with a value that it can have, or give another type."
                                .formatted(
                                        condition.text(),
                                        holds ? "every" : "no",
                                        value,
                                        type.isSigned() ? "a signed" : "an unsigned",
                                        type.bits()));
            });
        } else if (point instanceof FunctionSpec && !(value.source() instanceof CaptureSource.Variable)) {
            condition.decidedBy(Long.SIZE, false).ifPresent(holds -> {
                throw new PlanException(
                        "where = \"%s\" holds for %s value: without a type, %s is the raw 64-bit register, read as an unsigned number; give the type, such as %3$s:s32."
                                .formatted(condition.text(), holds ? "every" : "no", value.key()));
            });
        }
    }

    private static void refuseSignOfRawRegister(PointSpec point, Condition condition) {
        boolean raw = point instanceof FunctionSpec && condition.value().type().isEmpty();
        if (raw
                && condition.literal() instanceof Condition.Literal.Number number
                && number.value().signum() < 0) {
            throw new PlanException(
                    "where = \"%s\": without a type, %s is the raw 64-bit register, in which a negative int is a large positive number; give the type, such as %2$s:s32."
                            .formatted(condition.text(), condition.value().key(), point.describe()));
        }
    }
}
