package io.probeunit.internal.recording;

import io.probeunit.internal.columns.FiringColumns;
import io.probeunit.internal.engine.Barrier.Judged;
import io.probeunit.internal.engine.IntegerFilter;
import io.probeunit.internal.engine.ProbePoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The part of a session that belongs to one window. Guarded by the lock of its recorder. */
final class SessionWindow {

    private final long openedAt;
    private final List<ProbePoint> armed;
    private final Map<Integer, Wanted> wanted = new HashMap<>();

    /** What a point's counters were when the window opened, and its lines; most have none. */
    private static final class Wanted {
        private final long fired;
        private final Map<IntegerFilter, Judged> judged;
        private Optional<FiringColumns> lines = Optional.empty();

        private Wanted(long fired, Map<IntegerFilter, Judged> judged) {
            this.fired = fired;
            this.judged = judged;
        }
    }

    SessionWindow(
            long openedAt,
            Set<Integer> points,
            List<ProbePoint> armed,
            long[] fired,
            List<Map<IntegerFilter, Judged>> judged) {
        this.openedAt = openedAt;
        this.armed = armed;
        for (int point : points) {
            wanted.put(point, new Wanted(fired[point], judged.get(point)));
        }
    }

    long openedAt() {
        return openedAt;
    }

    /** Keeps lines of a point that this window wants, drops all others. */
    void keep(int point, FiringColumns taken) {
        Wanted its = wanted.get(point);
        if (its != null) {
            FiringColumns kept = its.lines.orElseGet(
                    () -> new FiringColumns(point, armed.get(point).slots().size()));
            kept.addAll(taken);
            its.lines = Optional.of(kept);
        }
    }

    Map<Integer, Reading.PointReading> read(long[] fired, List<Map<IntegerFilter, Judged>> judged) {
        Map<Integer, Reading.PointReading> read = new HashMap<>();
        wanted.forEach((point, before) -> read.put(
                point,
                new Reading.PointReading(
                        fired[point] - before.fired,
                        before.lines.map(FiringColumns::view).orElse(List.of()),
                        Judged.between(before.judged, judged.get(point)))));
        return read;
    }
}
