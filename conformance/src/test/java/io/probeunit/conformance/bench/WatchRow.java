package io.probeunit.conformance.bench;

import io.probeunit.engine.CodeUse;
import io.probeunit.engine.ProbePoint;
import io.probeunit.recording.CodeWatch;
import io.probeunit.recording.WatchedPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What it costs a window to look whether the processes of a container run what is probed. */
final class WatchRow {

    private static final int WINDOWS = 2_000;
    private static final int OTHERS = 9;

    private final Bench bench;

    WatchRow(Bench bench) {
        this.bench = bench;
    }

    Figure measure() throws Exception {
        bench.container()
                .execInContainer(
                        "sh", "-c", "for i in $(seq %d); do sleep 60 >/dev/null 2>&1 & done".formatted(OTHERS));
        CodeWatch watch = new CodeWatch(new CodeUse(bench.host(), bench.target())::unseen, true);
        List<WatchedPoint> points = new ArrayList<>();
        for (ProbePoint point : bench.points(Bench.function("many_00?"))) {
            points.add(new WatchedPoint(points.size(), point, Optional.empty(), List.of()));
        }
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < 2 * WINDOWS; i++) {
            long start = System.nanoTime();
            watch.begin(points).look();
            if (i >= WINDOWS) {
                millis.add((System.nanoTime() - start) / 1e6);
            }
        }
        return Figure.alone(
                "look at %d processes when a window opens and when it closes, p50".formatted(OTHERS + 1),
                "ms",
                Numbers.median(millis),
                Goal.value(1),
                1);
    }
}
