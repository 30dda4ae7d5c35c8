package io.probeunit.internal.plan;

import java.time.Duration;
import java.util.Optional;

/**
 * What must be true of a probe point when the window has closed.
 *
 * @param probe the point, and which of its firings count
 * @param bounds how often it must have fired
 * @param within how long after the test method's return the bounds are watched
 */
public record Expectation(ProbeRequest probe, CountBounds bounds, Optional<Duration> within) {

    /**
     * The firings that count.
     *
     * @return the filter of the probe
     */
    public Filter where() {
        return probe.where();
    }
}
