package io.probeunit.internal.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
     * @param judged what is known of firings without details, for each filter of the point that the engine checks itself
     * @param running of a return whose slots include {@link io.probeunit.internal.plan.CaptureSource.Took}: when the calls
     *     began that have not returned, on the kernel's monotonic clock, in nanoseconds
     */
    public record Count(long fired, long detailed, Map<IntegerFilter, Judged> judged, List<Long> running) {

        /** Keeps copies. */
        public Count {
            judged = Map.copyOf(judged);
            running = List.copyOf(running);
        }

        /** Of firings without details nothing is known. */
        public Count(long fired, long detailed) {
            this(fired, detailed, Map.of());
        }

        /** No durations are recorded. */
        public Count(long fired, long detailed, Map<IntegerFilter, Judged> judged) {
            this(fired, detailed, judged, List.of());
        }
    }

    /**
     * Firings without details that the engine judged by a filter itself.
     *
     * @param all how many
     * @param satisfied those of them that satisfy it
     */
    public record Judged(long all, long satisfied) {

        /** Nothing was judged. */
        public static final Judged NONE = new Judged(0, 0);

        /**
         * What came between two moments.
         *
         * @param before the counters of the earlier one
         * @param now those of the later one
         * @return the differences
         */
        public static Map<IntegerFilter, Judged> between(
                Map<IntegerFilter, Judged> before, Map<IntegerFilter, Judged> now) {
            if (now.isEmpty()) {
                return now;
            }
            Map<IntegerFilter, Judged> differences = new HashMap<>();
            now.forEach((filter, judged) -> {
                Judged earlier = before.getOrDefault(filter, NONE);
                differences.put(filter, new Judged(judged.all - earlier.all, judged.satisfied - earlier.satisfied));
            });
            return differences;
        }
    }
}
