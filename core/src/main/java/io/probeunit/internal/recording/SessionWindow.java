package io.probeunit.internal.recording;

import io.probeunit.internal.columns.FiringColumns;
import io.probeunit.internal.engine.Barrier.Judged;
import io.probeunit.internal.engine.IntegerFilter;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.watch.Findings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The part of a session that belongs to one window. Guarded by the lock of its recorder. */
final class SessionWindow {

    private final long openedAt;
    private final List<ProbePoint> armed;
    private final Map<Integer, Wanted> wanted = new HashMap<>();

    /** What a point's counters and doubts were when the window opened, and its lines; most have none. */
    private static final class Wanted {
        private final long fired;
        private final Map<IntegerFilter, Judged> judged;
        private final List<Doubt> doubts;
        private Optional<FiringColumns> lines = Optional.empty();

        private Wanted(long fired, Map<IntegerFilter, Judged> judged, List<Doubt> doubts) {
            this.fired = fired;
            this.judged = judged;
            this.doubts = doubts;
        }
    }

    SessionWindow(
            long openedAt,
            Map<Integer, List<Doubt>> points,
            List<ProbePoint> armed,
            long[] fired,
            List<Map<IntegerFilter, Judged>> judged) {
        this.openedAt = openedAt;
        this.armed = armed;
        points.forEach((point, doubts) -> wanted.put(point, new Wanted(fired[point], judged.get(point), doubts)));
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

    /** What is known now; doubts that were found meanwhile come before those of the opening. */
    Map<Integer, PointState> read(
            long[] fired, List<Map<IntegerFilter, Judged>> judged, List<List<Long>> running, long now, Findings found) {
        Map<Integer, PointState> read = new HashMap<>();
        wanted.forEach((point, before) -> read.put(
                point,
                new PointState(
                        fired[point] - before.fired,
                        before.lines.map(FiringColumns::view).orElse(List.of()),
                        Judged.between(before.judged, judged.get(point)),
                        running.get(point).stream()
                                .filter(began -> began >= openedAt)
                                .map(began -> Math.max(0, now - began))
                                .toList(),
                        Stream.concat(found.doubts(point).stream(), before.doubts.stream())
                                .toList())));
        return read;
    }
}
