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

    /** Keeps a copy of the list. */
    public Expectation {
        where = List.copyOf(where);
    }
}
