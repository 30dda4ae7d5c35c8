package io.probeunit.recording;

import io.probeunit.engine.Barrier.Judged;
import io.probeunit.engine.Criterion;
import io.probeunit.engine.RawFiring;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one session knows of a window at one moment.
 *
 * @param nanos the moment on the kernel's clock
 * @param points what is known of each point of the window, by its index
 * @param interruptions what makes the counts lower bounds
 * @param lost why the session ended, which is among the interruptions; empty text while it lives
 */
record Reading(long nanos, Map<Integer, PointReading> points, List<String> interruptions, String lost) {

    /**
     * What is known of one point.
     *
     * @param fired firings since the window opened
     * @param lines details of them, a list that does not change
     * @param judged what the engine found out of those without details
     */
    record PointReading(long fired, List<RawFiring> lines, Map<Criterion, Judged> judged) {}

    Reading {
        points = Map.copyOf(points);
        Set<String> all = new LinkedHashSet<>(interruptions);
        if (!lost.isEmpty()) {
            all.add(lost);
        }
        interruptions = List.copyOf(all);
    }
}
