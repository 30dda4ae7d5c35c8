package io.probeunit.internal.recording;

import io.probeunit.internal.engine.Barrier.Judged;
import io.probeunit.internal.engine.IntegerFilter;
import io.probeunit.internal.engine.RawFiring;
import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.watch.TargetWatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What one session knows of a window at one moment.
 *
 * @param nanos the moment on the kernel's clock
 * @param points what is known of each point of the window, by its index
 * @param seen what became of the target meanwhile
 * @param lost why the session ended, which is among the interruptions; empty text while it lives
 */
record Reading(long nanos, Map<Integer, PointReading> points, TargetWatch.Seen seen, String lost) {

    /**
     * What is known of one point.
     *
     * @param fired firings since the window opened
     * @param lines details of them, a list that does not change
     * @param judged what the engine found out of those without details
     */
    record PointReading(long fired, List<RawFiring> lines, Map<IntegerFilter, Judged> judged) {}

    Reading {
        points = Map.copyOf(points);
        seen = lost.isEmpty() ? seen : seen.and(TargetWatch.Seen.interrupted(lost));
    }

    /** Why the firings of a point may not be its calls, as far as it was seen in the window. */
    List<Doubt> doubts(int point) {
        List<Doubt> all = new ArrayList<>();
        seen.interruptions().forEach(reason -> all.add(Doubt.missed(reason)));
        all.addAll(seen.doubts().getOrDefault(point, List.of()));
        return all;
    }
}
