package io.probeunit.assertj;

import static io.probeunit.assertj.ProbeAssertions.assertThat;
import static io.probeunit.internal.recording.Fixture.function;
import static io.probeunit.internal.recording.Fixture.functionReturn;
import static io.probeunit.internal.recording.Fixture.mark;
import static io.probeunit.internal.recording.Fixture.number;
import static io.probeunit.internal.recording.Fixture.probeFunction;
import static io.probeunit.internal.recording.Fixture.probeMark;
import static io.probeunit.internal.recording.Fixture.probeReturn;
import static io.probeunit.internal.recording.Fixture.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.probeunit.Firing;
import io.probeunit.Firings;
import io.probeunit.Loss;
import io.probeunit.ProbeException;
import io.probeunit.Recording;
import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.plan.ProbePlan;
import io.probeunit.internal.plan.ProbeRequest;
import io.probeunit.internal.recording.FakeEngine;
import io.probeunit.internal.recording.Fixture;
import io.probeunit.internal.recording.ProbeWindow;
import io.probeunit.internal.recording.RecordedProbe;
import io.probeunit.internal.recording.SessionRecorder;
import io.probeunit.internal.watch.TargetWatch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

class ProbeAssertionsTest {

    private static final int F = 0;
    private static final int G = 1;
    private static final int MARK = 2;
    private static final int RETURN = 3;

    private final FakeEngine engine = new FakeEngine();
    private final AtomicReference<Optional<Doubt>> restarted = new AtomicReference<>(Optional.empty());
    private final ProbeWindow window = open();
    private final Recording recording = window.recording();

    private ProbeWindow open() {
        List<ProbeRequest> requests =
                List.of(probeFunction("f", "arg1"), probeFunction("g"), probeMark("a:x"), probeReturn("f"));
        SessionRecorder recorder = session(
                engine,
                "shop",
                TargetWatch.of(restarted::get),
                function("f", "arg1"),
                function("g"),
                mark("a:x"),
                functionReturn("f"));
        ProbeWindow opened = new ProbeWindow(new ProbePlan(requests, List.of()), List.of("shop"));
        opened.open(List.of(
                new RecordedProbe(requests.get(F), recorder, List.of(F)),
                new RecordedProbe(requests.get(G), recorder, List.of(G)),
                new RecordedProbe(requests.get(MARK), recorder, List.of(MARK)),
                new RecordedProbe(requests.get(RETURN), recorder, List.of(RETURN))));
        return opened;
    }

    private void fire(int point, long millis) {
        engine.at(1_000_000 + millis * 1_000_000);
        if (point == F) {
            engine.fire(F, number(millis));
        } else {
            engine.fire(point);
        }
    }

    private static org.assertj.core.api.AbstractStringAssert<?> failure(ThrowingCallable assertion) {
        return assertThatThrownBy(assertion)
                .isInstanceOf(AssertionError.class)
                .extracting(Throwable::getMessage, org.assertj.core.api.InstanceOfAssertFactories.STRING);
    }

    @Test
    void counts_that_are_right_pass() {
        fire(F, 1);
        fire(F, 2);
        fire(RETURN, 3);
        assertThat(recording).hasNoLoss();
        assertThat(recording)
                .function("f")
                .fired()
                .firedTimes(2)
                .firedAtLeast(2)
                .firedAtMost(2)
                .where("arg1:s64 == 2")
                .firedTimes(1)
                .in("shop")
                .firedTimes(1);
        assertThat(recording).functionReturn("f").firedTimes(1);
        assertThat(recording).mark("x").neverFired().hasFiringsSatisfyingExactly();
        assertThat(recording).firings().firedTimes(3);
    }

    @Test
    void counts_that_are_wrong_fail() {
        fire(F, 1);
        failure(() -> assertThat(recording).function("g").fired()).contains("at least 1 time, but it fired 0 times");
        failure(() -> assertThat(recording).function("f").firedTimes(2)).contains("exactly 2 times");
        failure(() -> assertThat(recording).function("f").firedTimes(0)).contains("never");
        failure(() -> assertThat(recording).function("f").firedAtLeast(2)).contains("at least 2 times");
        failure(() -> assertThat(recording).function("f").firedAtMost(0)).contains("never");
        failure(() -> assertThat(recording).function("f").neverFired()).contains("never");
        failure(() -> assertThat(recording).function("f").where("arg1:s64 == 2").fired())
                .contains("function f where \"arg1:s64 == 2\"", "0 times (1 whatever the values)");
    }

    @Test
    void a_failure_says_what_fired_instead_and_carries_both_values() {
        fire(F, 1);
        fire(F, 2);
        assertThatThrownBy(
                        () -> assertThat(recording).as("the sale").function("f").firedTimes(1))
                .isInstanceOfSatisfying(AssertionFailedError.class, e -> {
                    assertThat(e.getExpected().getStringRepresentation()).isEqualTo("exactly 1 time");
                    assertThat(e.getActual().getStringRepresentation()).isEqualTo("2 times");
                })
                .hasMessage("""
                        [the sale] Expecting function f to have fired exactly 1 time, but it fired 2 times.
                        What fired in the window of 2.000 ms (engine fake):
                           f         2 times  shop  %1$s
                           g         0 times  shop  %1$s
                           a:x       0 times  shop  %1$s
                           f.return  0 times  shop  %1$s
                        Nothing was lost.""".formatted(Fixture.SHOP));
    }

    @Test
    void loss_fails_only_what_could_be_wrong() {
        fire(F, 1);
        engine.drop(F);
        assertThat(recording).function("f").firedTimes(2);
        assertThat(recording).function("f").where("arg1:s64 == 1").fired();
        failure(() -> assertThat(recording).function("f").where("arg1:s64 == 1").firedTimes(1))
                .contains("1 to 2 times", "is inconclusive: the details of 1 firing were dropped");
        failure(() -> assertThat(recording).function("f").firings()).contains("the details of 1 firing were dropped");
        failure(() -> assertThat(recording).hasNoLoss()).contains("Lost: the details of 1 firing.");
        assertThat(recording).function("g").firings().isEmpty();
    }

    @Test
    void counts_of_a_container_that_restarted_are_lower_bounds() {
        fire(F, 1);
        restarted.set(Optional.of(Doubt.missed("container shop restarted")));
        assertThat(recording).function("f").firedAtLeast(1);
        failure(() -> assertThat(recording).function("g").neverFired())
                .contains("at least 0 times", "is inconclusive: container shop restarted");
        failure(() -> assertThat(recording).function("g").firings()).contains("container shop restarted");
        failure(() -> assertThat(recording).hasNoLoss()).contains("container shop restarted");
    }

    @Test
    void an_engine_that_is_lost_never_passes_what_is_not_proven() {
        fire(F, 1);
        engine.lose("killed");
        assertThat(recording).function("f").fired();
        failure(() -> assertThat(recording).function("g").neverFired()).contains("killed");
    }

    @Test
    void firings_are_a_list_for_assertj() {
        fire(F, 1);
        fire(F, 2);
        assertThat(recording)
                .function("f")
                .firings()
                .hasSize(2)
                .extracting(Firing::nanos)
                .containsExactly(1_000_000L, 2_000_000L);
        assertThat(recording)
                .function("f")
                .hasFiringsSatisfyingExactly(
                        first -> assertThat(first.captures()).containsEntry("arg1", 1L),
                        second -> assertThat(second.captures()).containsEntry("arg1", 2L));
        failure(() -> assertThat(recording)
                        .function("f")
                        .hasFiringsSatisfyingExactly(
                                first -> assertThat(first.captures()).containsEntry("arg1", 1L),
                                second -> assertThat(second.captures()).containsEntry("arg1", 3L)))
                .contains("firings of function f");
        failure(() -> assertThat(recording).function("f").hasFiringsSatisfyingExactly(first -> {}))
                .contains("exactly 1 time, but it fired 2 times");
    }

    @Test
    void order_is_that_of_time() {
        fire(F, 1);
        fire(MARK, 2);
        fire(F, 3);
        fire(RETURN, 4);
        assertThat(recording).firedInOrder("f", "a:x", "f", "f.return");
        assertThat(recording).firedInOrder("x", "f");
        failure(() -> assertThat(recording).firedInOrder("x", "f", "f"))
                .contains(
                        "x at 2.000 ms, then f at 3.000 ms, then no f after that (it fired 2 times, last at 3.000 ms)");
        failure(() -> assertThat(recording).firedInOrder("f", "g")).contains("then no g (it fired 0 times)");
        assertThatThrownBy(() -> assertThat(recording).firedInOrder("f", "h")).isInstanceOf(ProbeException.class);
    }

    @Test
    void order_is_inconclusive_only_if_dropped_firings_could_matter() {
        fire(MARK, 2);
        fire(F, 3);
        engine.drop(F);
        assertThat(recording).firedInOrder("x", "f");
        failure(() -> assertThat(recording).firedInOrder("f", "x"))
                .contains("is inconclusive: f: the details of 1 firing were dropped");
        failure(() -> assertThat(recording).firedInOrder("f", "g")).contains("but found");
    }

    @Test
    void live_assertions_ask_anew_inside_awaitility() {
        engine.atBarrier(() -> engine.fire(G));
        FiringsAssert held = assertThat(recording).function("g");
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .untilAsserted(() -> held.firedAtLeast(7));
    }

    @Test
    void names_that_are_not_probed_are_errors_and_no_failures() {
        assertThatThrownBy(() -> assertThat(recording).function("h")).isInstanceOf(ProbeException.class);
        assertThatThrownBy(() -> assertThat(recording).mark("f")).isInstanceOf(ProbeException.class);
        assertThatThrownBy(() -> assertThat(recording).function("f").in("pub")).isInstanceOf(ProbeException.class);
    }

    @Test
    void recordings_of_others_can_be_asserted_on() {
        Recording stub = new Stub();
        assertThat(stub).function("f").firedTimes(2);
        failure(() -> assertThat(stub).function("f").firedTimes(1)).contains("Engine: stub");
        failure(() -> assertThat(stub).function("f").firings()).contains("the details of 1 firing were dropped");
    }

    /** Fired twice, and kept the details of one firing. */
    private static final class Stub implements Recording, Firings {
        @Override
        public Firings function(String name) {
            return this;
        }

        @Override
        public Firings functionReturn(String name) {
            return this;
        }

        @Override
        public Firings mark(String name) {
            return this;
        }

        @Override
        public Firings firings() {
            return this;
        }

        @Override
        public Loss loss() {
            return new Loss(1, List.of());
        }

        @Override
        public String engine() {
            return "stub";
        }

        @Override
        public long count() {
            return 2;
        }

        @Override
        public List<Firing> list() {
            return List.of(new Firing("f", "shop", 1, 1, 1, "shop", Map.of()));
        }

        @Override
        public Firings in(String container) {
            return this;
        }

        @Override
        public Firings where(String condition) {
            return this;
        }
    }

    @Test
    void a_count_below_nothing_is_refused_by_the_name_of_the_assertion() {
        assertThatThrownBy(() -> assertThat(recording).function("f").firedTimes(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("firedTimes(-1): give 0 or more");
        assertThatThrownBy(() -> assertThat(recording).function("f").firedAtLeast(-2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("firedAtLeast(-2): give 0 or more");
        assertThatThrownBy(() -> assertThat(recording).function("f").firedAtMost(-3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("firedAtMost(-3): give 0 or more");
    }
}
