package io.probeunit.internal.engine.perf;

import io.probeunit.internal.engine.Barrier;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The counts from the samples that were read until some moment.
 *
 * @param fired by event
 * @param given by point: how many had their details given to the sink
 * @param pointOfEvent the points of the events
 * @param mayMiss whether there may be firings behind the last sample that were lost
 * @param doubts how often something happened that makes this possible
 */
record SampleCounts(long[] fired, long[] given, int[] pointOfEvent, boolean mayMiss, long doubts) {

    /** The counters of the points, with these of the events. */
    List<Barrier.Count> counts(long[] events) {
        long[] sums = new long[given.length];
        for (int event = 0; event < events.length; event++) {
            sums[pointOfEvent[event]] += events[event];
        }
        return IntStream.range(0, sums.length)
                .mapToObj(point -> new Barrier.Count(sums[point], given[point]))
                .toList();
    }
}
