package io.probeunit.internal.cli;

import io.probeunit.Firing;
import io.probeunit.Loss;
import io.probeunit.ProbeException;
import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.recording.Observation;
import io.probeunit.internal.recording.Summary;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** A point that has fired once at the first look, and twice at the last; then the container is gone. */
final class FakeLive implements Live {

    boolean fails;
    boolean closed;
    private int looks;

    static Firing firing(long millis) {
        return new Firing("reserve", "shop", millis * 1_000_000, 7, 8, "shop", Map.of("arg1", 4L));
    }

    static Look look(int count) {
        return look(count, List.of());
    }

    private static Look look(int count, List<Doubt> doubts) {
        List<Firing> firings =
                LongStream.rangeClosed(1, count).mapToObj(FakeLive::firing).toList();
        return new Look(
                List.of(new Count("reserve", Observation.unfiltered(count, 0, doubts))),
                firings,
                new Summary("fake", 0, Duration.ofMillis(count + 1), List.of(), firings, Loss.none(), List.of()),
                List.of());
    }

    @Override
    public String story() {
        return "container shop, engine FAKE";
    }

    @Override
    public Look look() {
        if (fails) {
            throw new ProbeException("The names are ambiguous.");
        }
        looks++;
        return look(1);
    }

    @Override
    public boolean isRunning() {
        return looks < 2;
    }

    @Override
    public Look end() {
        return look(2, List.of(Doubt.missed("container shop was started again")));
    }

    @Override
    public void close() {
        closed = true;
    }
}
