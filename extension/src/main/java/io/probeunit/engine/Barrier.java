package io.probeunit.engine;

import java.util.List;

/**
 * The counters of a session at one moment.
 *
 * @param nanos the moment on the kernel's monotonic clock, in nanoseconds
 * @param counts for each point of the session, in its order, since the session was armed
 */
public record Barrier(long nanos, List<Count> counts) {

    /** Keeps a copy of the list. */
    public Barrier {
        counts = List.copyOf(counts);
    }

    /**
     * The counters of one point since the session was armed.
     *
     * @param fired all firings, exact
     * @param detailed those of them whose details were given to the sink
     */
    public record Count(long fired, long detailed) {}
}
