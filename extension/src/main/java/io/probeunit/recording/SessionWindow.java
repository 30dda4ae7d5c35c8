package io.probeunit.recording;

import io.probeunit.engine.Barrier.Judged;
import io.probeunit.engine.Criterion;
import io.probeunit.engine.ProbePoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The part of a session that belongs to one window. Guarded by the lock of its recorder. */
final class SessionWindow {

    private final long openedAt;
    private final Map<Integer, Long> firedBefore = new HashMap<>();
    private final Map<Integer, Map<Criterion, Judged>> judgedBefore = new HashMap<>();
    private final Map<Integer, FiringColumns> lines = new TreeMap<>();

    SessionWindow(
            long openedAt,
            Set<Integer> points,
            List<ProbePoint> armed,
            long[] fired,
            List<Map<Criterion, Judged>> judged) {
        this.openedAt = openedAt;
        for (int point : points) {
            firedBefore.put(point, fired[point]);
            judgedBefore.put(point, judged.get(point));
            lines.put(point, new FiringColumns(point, armed.get(point).slots().size()));
        }
    }

    long openedAt() {
        return openedAt;
    }

    /** Keeps lines of a point that this window wants, drops all others. */
    void keep(int point, FiringColumns taken) {
        FiringColumns kept = lines.get(point);
        if (kept != null) {
            kept.addAll(taken);
        }
    }

    Map<Integer, Reading.PointReading> read(long[] fired, List<Map<Criterion, Judged>> judged) {
        Map<Integer, Reading.PointReading> read = new HashMap<>();
        lines.forEach((point, kept) -> read.put(
                point,
                new Reading.PointReading(
                        fired[point] - firedBefore.getOrDefault(point, 0L),
                        kept.view(),
                        Judged.between(judgedBefore.getOrDefault(point, Map.of()), judged.get(point)))));
        return read;
    }
}
