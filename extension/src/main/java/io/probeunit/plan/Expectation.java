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
        where.forEach(c -> refuseSignOfRawRegister(probe.point(), c));
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
