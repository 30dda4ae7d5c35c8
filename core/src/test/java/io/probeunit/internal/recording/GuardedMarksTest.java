package io.probeunit.internal.recording;

import static io.probeunit.internal.recording.Fixture.function;
import static io.probeunit.internal.recording.Fixture.guardedMark;
import static io.probeunit.internal.recording.Fixture.probeFunction;
import static io.probeunit.internal.recording.Fixture.probeMark;
import static io.probeunit.internal.recording.Fixture.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.engine.SemaphoreKeeper;
import io.probeunit.internal.plan.ProbePlan;
import io.probeunit.internal.plan.ProbeRequest;
import io.probeunit.internal.watch.TargetWatch;
import io.probeunit.internal.watch.WatchedPoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GuardedMarksTest {

    private static final ProbeRequest A = probeMark("shop:a");
    private static final ProbeRequest B = probeMark("shop:b");
    private static final ProbeRequest F = probeFunction("f");

    /** What was raised and let go, in order. */
    private final List<String> story = new ArrayList<>();

    private boolean refusing;

    private final SemaphoreKeeper keeper = (host, file, semaphores) -> {
        if (refusing) {
            story.add("refuse " + semaphores);
            throw new EngineException("the place is taken");
        }
        story.add("hold " + semaphores);
        return () -> story.add("release " + semaphores);
    };

    private final SessionRecorder recorder = session(
            new FakeEngine(),
            "shop",
            TargetWatch.none(),
            keeper,
            guardedMark("shop:a", 32),
            guardedMark("shop:b", 34),
            function("f"));

    private void window(ProbeRequest request, int point) {
        try (ProbeWindow window = new ProbeWindow(new ProbePlan(List.of(request), List.of()), List.of("shop"))) {
            window.open(List.of(new RecordedProbe(request, recorder, List.of(point))));
            story.add("window");
        }
    }

    @Test
    void a_semaphore_is_up_before_the_window_opens_and_down_when_it_has_ended() {
        window(A, 0);
        window(B, 1);

        assertThat(story).containsExactly("hold [32]", "window", "release [32]", "hold [34]", "window", "release [34]");
    }

    @Test
    void a_window_that_wants_no_mark_holds_none() {
        window(F, 2);

        assertThat(story).containsExactly("window");
    }

    @Test
    void a_session_that_closes_while_a_window_is_open_lets_all_go() {
        recorder.openWindow(
                List.of(new WatchedPoint(0, recorder.points().get(0), Optional.empty(), List.of())), Map.of());
        recorder.close();

        assertThat(story).containsExactly("hold [32]", "release [32]");
    }

    @Test
    void a_session_that_is_closed_at_once_waits_until_all_are_down() throws InterruptedException {
        SemaphoreKeeper waiting = (host, file, semaphores) -> new SemaphoreKeeper.Hold() {
            @Override
            public void close() {
                story.add("begin to release " + semaphores);
            }

            @Override
            public void closeNow() {
                story.add("release " + semaphores);
            }
        };
        FakeEngine engine = new FakeEngine();
        SessionRecorder closing = session(
                engine, "shop", TargetWatch.none(), waiting, guardedMark("shop:a", 32), guardedMark("shop:b", 34));
        open(closing, 0).forEach(closing::end);
        open(closing, 1);

        assertThat(closing.closeNow(Duration.ofSeconds(1))).isTrue();
        assertThat(story).containsExactly("begin to release [32]", "release [34]");
        assertThat(engine.isClosed()).isTrue();
        assertThat(closing.isAlive()).isFalse();
    }

    private static List<SessionWindow> open(SessionRecorder session, int point) {
        return List.of(session.openWindow(
                List.of(new WatchedPoint(point, session.points().get(point), Optional.empty(), List.of())), Map.of()));
    }

    @Test
    void what_could_not_be_held_is_tried_again_in_the_next_window() {
        refusing = true;
        window(A, 0);
        refusing = false;
        window(A, 0);

        assertThat(story).containsExactly("refuse [32]", "window", "hold [32]", "window", "release [32]");
    }

    @Test
    void marks_that_share_a_semaphore_hold_it_once() {
        SessionRecorder shared = session(
                new FakeEngine(),
                "shop",
                TargetWatch.none(),
                keeper,
                guardedMark("shop:a", 32),
                guardedMark("shop:b", 32));
        List<WatchedPoint> both = new ArrayList<>();
        shared.points().forEach(point -> both.add(new WatchedPoint(both.size(), point, Optional.empty(), List.of())));
        shared.openWindow(both, Map.of());

        assertThat(story).containsExactly("hold [32]");
    }
}
