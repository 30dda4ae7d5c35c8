package io.probeunit.conformance.bench;

import io.probeunit.internal.docker.DockerContainer;
import io.probeunit.internal.engine.Engine;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.SemaphoreKeeper;
import io.probeunit.internal.engine.SessionRequest;
import io.probeunit.internal.plan.ProbePlan;
import io.probeunit.internal.plan.ProbeRequest;
import io.probeunit.internal.recording.ProbeWindow;
import io.probeunit.internal.recording.RecordedProbe;
import io.probeunit.internal.recording.SessionRecorder;
import io.probeunit.internal.targets.ContainerLife;
import io.probeunit.internal.targets.TargetResolver;
import io.probeunit.internal.watch.LifeWatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What a window costs a test: opening it, and closing and judging it. */
final class WindowRows {

    private static final int WARM_UP = 1_000;
    private static final int WINDOWS = 1_000;
    private static final int POINTS = 10;

    private final Bench bench;

    WindowRows(Bench bench) {
        this.bench = bench;
    }

    Figure windows(Engine engine, double goal) throws Exception {
        List<Double> millis = millis(engine);
        return Figure.alone(
                        "open and close a window of %d points, p50, %s engine".formatted(POINTS, engine.name()),
                        "ms",
                        Numbers.median(millis),
                        Goal.value(goal),
                        1)
                .with("p99 %s ms, of %d windows"
                        .formatted(
                                Numbers.text(millis.stream().sorted().toList().get(WINDOWS * 99 / 100)), WINDOWS));
    }

    /** Of each window of a session that is warm. */
    List<Double> millis(Engine engine) throws Exception {
        ProbeRequest request = Bench.function("many_00?");
        List<ProbePoint> points = bench.points(request);
        ContainerLife life = new ContainerLife(
                new TargetResolver(bench.host()),
                bench.target(),
                DockerContainer.of(bench.container()).orElseThrow());
        SessionRecorder recorder = SessionRecorder.open(
                engine,
                bench.host(),
                new SessionRequest(bench.target(), points, 1_000),
                new LifeWatch(bench.target().name(), life::change),
                SemaphoreKeeper.none("no mark is guarded here"));
        try {
            RecordedProbe probe = new RecordedProbe(
                    request, recorder, IntStream.range(0, POINTS).boxed().toList());
            IntStream.range(0, WARM_UP).forEach(i -> window(probe));
            List<Double> millis = new ArrayList<>();
            for (int i = 0; i < WINDOWS; i++) {
                millis.add(window(probe));
            }
            return millis;
        } finally {
            recorder.close();
            recorder.awaitClosed(Duration.ofMinutes(1));
        }
    }

    private static double window(RecordedProbe probe) {
        long start = System.nanoTime();
        try (ProbeWindow window =
                new ProbeWindow(new ProbePlan(List.of(probe.request()), List.of()), List.of("truth"))) {
            window.open(List.of(probe));
            window.judge();
        }
        return (System.nanoTime() - start) / 1e6;
    }
}
