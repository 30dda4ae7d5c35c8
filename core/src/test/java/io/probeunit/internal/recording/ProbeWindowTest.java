package io.probeunit.internal.recording;

import static io.probeunit.internal.recording.Fixture.atLeast;
import static io.probeunit.internal.recording.Fixture.atMost;
import static io.probeunit.internal.recording.Fixture.exactly;
import static io.probeunit.internal.recording.Fixture.expect;
import static io.probeunit.internal.recording.Fixture.expectWithin;
import static io.probeunit.internal.recording.Fixture.function;
import static io.probeunit.internal.recording.Fixture.guardedMark;
import static io.probeunit.internal.recording.Fixture.number;
import static io.probeunit.internal.recording.Fixture.probeFunction;
import static io.probeunit.internal.recording.Fixture.probeMark;
import static io.probeunit.internal.recording.Fixture.recorded;
import static io.probeunit.internal.recording.Fixture.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.probeunit.Firing;
import io.probeunit.ProbeException;
import io.probeunit.internal.plan.Capture;
import io.probeunit.internal.plan.CountBounds;
import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.plan.Expectation;
import io.probeunit.internal.plan.ProbePlan;
import io.probeunit.internal.plan.ProbeRequest;
import io.probeunit.internal.watch.Findings;
import io.probeunit.internal.watch.TargetWatch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProbeWindowTest {

    private static final ProbeRequest F = probeFunction("f", "arg1");
    private static final ProbeRequest G = probeFunction("g");
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(60);

    private final FakeEngine engine = new FakeEngine();
    private final AtomicReference<Optional<Doubt>> restarted = new AtomicReference<>(Optional.empty());
    private final SessionRecorder recorder =
            session(engine, "shop", TargetWatch.of(restarted::get), function("f", "arg1"), function("g"));

    private ProbeWindow planned(Expectation... expectations) {
        return new ProbeWindow(new ProbePlan(List.of(), List.of(expectations)), List.of("shop"));
    }

    private ProbeWindow open(Expectation... expectations) {
        return open(probes(), expectations);
    }

    private ProbeWindow open(List<RecordedProbe> probes, Expectation... expectations) {
        ProbePlan plan = new ProbePlan(List.of(), List.of(expectations));
        ProbeWindow window = new ProbeWindow(plan, List.of("shop"));
        window.open(recorded(plan, probes.toArray(RecordedProbe[]::new)));
        return window;
    }

    private List<RecordedProbe> probes() {
        return List.of(new RecordedProbe(F, recorder, List.of(0)), new RecordedProbe(G, recorder, List.of(1)));
    }

    private static Verdict verdict(ProbeWindow window) {
        return window.judge().outcomes().get(0).verdict();
    }

    @Test
    void a_session_has_a_point_only_with_all_that_is_wanted_of_it() {
        assertThat(recorder.indexOf(function("g"))).hasValue(1);
        assertThat(recorder.indexOf(function("f"))).hasValue(0);
        assertThat(recorder.indexOf(function("f", "arg1"))).hasValue(0);
        assertThat(recorder.indexOf(function("f", "arg1", "arg2"))).isEmpty();
        assertThat(recorder.indexOf(function("h"))).isEmpty();
    }

    @Test
    void outcomes_are_in_the_order_declared() {
        ProbeWindow window = open(
                expect(G, exactly(0)), expectWithin(F, atLeast(1), LONG), expect(F, exactly(2)), expect(G, atMost(3)));
        engine.fire(0, number(1));
        assertThat(window.judge().outcomes())
                .extracting(Outcome::verdict)
                .containsExactly(new Verdict.Met(), new Verdict.Met(), new Verdict.Unmet(), new Verdict.Met());
    }

    @Test
    void an_unmet_expectation_shows_firings_that_did_not_satisfy_it() {
        ProbeWindow window = open(expect(F, exactly(1), "arg1:s64 == 42"));
        for (int i = 0; i < 7; i++) {
            engine.fire(0, number(i));
        }
        Outcome outcome = window.judge().outcomes().get(0);
        assertThat(outcome.verdict()).isEqualTo(new Verdict.Unmet());
        assertThat(outcome.observation().fired()).isEqualTo(7);
        assertThat(outcome.examples()).extracting(f -> f.captures().get("arg1")).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(outcome.points())
                .containsExactly(new Summary.Tally(
                        "f", "shop", Fixture.SHOP, Observation.exactly(7), List.of(Capture.parse("arg1"))));
    }

    @Test
    void two_tests_of_a_session_do_not_share_firings() {
        ProbeWindow first = open(expect(F, exactly(1)));
        engine.fire(0, number(1));
        assertThat(first.judge().isMet()).isTrue();
        engine.fire(0, number(2));
        ProbeWindow second = open(expect(F, exactly(1)));
        engine.fire(0, number(3));
        assertThat(second.judge().isMet()).isTrue();
        assertThat(second.recording().firings().list())
                .extracting(f -> f.captures().get("arg1"))
                .containsExactly(3L);
    }

    @Test
    void windows_of_a_session_never_overlap() {
        ProbeWindow first = open(expect(F, exactly(1)));
        assertThatThrownBy(() -> open(expect(F, exactly(1))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("engine fake on container shop");
        first.close();
        assertThat(first.judge().isMet()).isFalse();
        open(expect(F, exactly(1))).close();
    }

    @Test
    void a_frozen_window_that_waits_for_nothing_makes_room_for_the_next() {
        open(expect(F, exactly(0))).freeze();
        open(expect(F, exactly(0))).close();
    }

    @Test
    void a_thread_that_is_interrupted_closes_its_window() {
        ProbeWindow window = open(expect(F, exactly(0)));
        engine.atBarrier(() -> {
            if (Thread.currentThread().isInterrupted()) {
                engine.lose("interrupted");
            }
        });
        Thread.currentThread().interrupt();
        window.freeze();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(window.judge().isMet()).isTrue();
    }

    @Test
    void a_window_does_not_open_half() {
        FakeEngine dead = new FakeEngine();
        SessionRecorder lost = session(dead, "db", function("g"));
        dead.lose("gone");
        ProbeWindow window = planned(expect(F, exactly(0)), expect(G, exactly(0)));
        assertThatThrownBy(() -> window.open(
                        List.of(new RecordedProbe(F, recorder, List.of(0)), new RecordedProbe(G, lost, List.of(0)))))
                .isInstanceOf(ProbeException.class)
                .hasMessageContaining("gone");
        open(expect(F, exactly(0))).close();
    }

    @Test
    void an_expectation_without_a_point_is_an_error() {
        ProbeWindow window = planned(expect(F, exactly(0)));
        assertThatThrownBy(() -> window.open(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_window_that_was_never_opened_is_not_judged() {
        ProbeWindow window = planned(expect(F, exactly(0)));
        assertThatThrownBy(window::judge).isInstanceOf(IllegalStateException.class);
        window.close();
    }

    @Test
    void judges_with_the_type_of_the_condition() {
        ProbeRequest untyped = probeFunction("f", "arg1", "arg1:u8");
        ProbeWindow window = open(
                List.of(new RecordedProbe(untyped, recorder, List.of(0))),
                expect(untyped, exactly(1), "arg1:s32 == -2"));
        engine.fire(0, number(0xfffffffeL));
        assertThat(window.judge().isMet()).isTrue();
        assertThat(window.recording().firings().list())
                .extracting(Firing::captures)
                .first()
                .hasToString("{arg1=254}");
    }

    @Nested
    class WhenDetailsAreDropped {

        static Stream<Arguments> verdicts() {
            // seen: one firing with 42, one with 1, two dropped
            return Stream.of(
                    Arguments.of(atLeast(1), "Met"),
                    Arguments.of(atLeast(2), "Inconclusive"),
                    Arguments.of(atLeast(4), "Unmet"),
                    Arguments.of(exactly(1), "Inconclusive"),
                    Arguments.of(exactly(0), "Unmet"),
                    Arguments.of(exactly(4), "Unmet"),
                    Arguments.of(atMost(3), "Met"));
        }

        @ParameterizedTest
        @MethodSource("verdicts")
        void the_verdict_changes_only_if_it_could(CountBounds bounds, String verdict) {
            ProbeWindow window = open(expect(F, bounds, "arg1:s64 == 42"));
            engine.fire(0, number(42));
            engine.fire(0, number(1));
            engine.drop(0);
            engine.drop(0);
            assertThat(verdict(window).getClass().getSimpleName()).isEqualTo(verdict);
        }

        @Test
        void a_count_without_conditions_stays_exact() {
            ProbeWindow window = open(expect(F, exactly(2)));
            engine.drop(0);
            engine.drop(0);
            assertThat(window.judge().isMet()).isTrue();
        }

        @Test
        void firings_that_the_engine_judged_itself_count_as_if_their_details_were_there() {
            engine.dropJudged(0, true, "arg1:s64 == 42");
            ProbeWindow window = open(expect(F, exactly(3), "arg1:s64 == 42"), expect(F, exactly(3), "arg1:s64 != 42"));
            engine.fire(0, number(42));
            engine.fire(0, number(1));
            engine.dropJudged(0, true, "arg1:s64 == 42");
            engine.dropJudged(0, false, "arg1:s64 == 42");
            engine.dropJudged(0, true, "arg1:s64 == 42");

            List<Outcome> outcomes = window.judge().outcomes();
            assertThat(outcomes.get(0).observation().describe()).isEqualTo("3 times");
            assertThat(outcomes.get(0).verdict()).isEqualTo(new Verdict.Met());
            assertThat(outcomes.get(1).verdict())
                    .as("of another condition nothing is known")
                    .isEqualTo(new Verdict.Inconclusive(List.of("the details of 3 firings were dropped")));
        }

        @Test
        void firings_that_the_engine_could_not_judge_are_unknown() {
            ProbeWindow window = open(expect(F, exactly(1), "arg1:s64 == 42"));
            engine.dropJudged(0, true, "arg1:s64 == 42");
            engine.drop(0);

            assertThat(verdict(window))
                    .isEqualTo(new Verdict.Inconclusive(List.of("the details of 1 firing were dropped")));
        }

        @Test
        void a_firing_under_way_that_is_judged_and_not_counted_yet_does_not_count() {
            ProbeWindow window = open(expect(F, exactly(1), "arg1:s64 == 42"));
            engine.dropJudged(0, true, "arg1:s64 == 42");
            engine.judge(0, true, "arg1:s64 == 42");

            assertThat(verdict(window)).isEqualTo(new Verdict.Met());
        }

        /** Where text is compared as well, the integers alone can rule a firing out. */
        @Test
        void a_condition_on_text_is_known_for_firings_that_fail_one_on_an_integer() {
            ProbeRequest words = probeFunction("w", "arg1", "arg2:string");
            SessionRecorder both = session(engine, "shop", function("w", "arg1", "arg2:string"));
            ProbeWindow window = open(
                    List.of(new RecordedProbe(words, both, List.of(0))),
                    expect(words, exactly(0), "arg1:s64 == 42", "arg2 == x"));
            engine.dropJudged(0, false, "arg1:s64 == 42");
            assertThat(window.recording().function("w").where("arg1:s64 == 42").count())
                    .isZero();
            engine.dropJudged(0, true, "arg1:s64 == 42");

            assertThat(verdict(window))
                    .isEqualTo(new Verdict.Inconclusive(List.of("the details of 1 firing were dropped")));
        }
    }

    @Nested
    class WhenCountsAreLowerBounds {

        static Stream<Arguments> verdicts() {
            return Stream.of(
                    Arguments.of(0, exactly(0), "Inconclusive"),
                    Arguments.of(0, atLeast(1), "Inconclusive"),
                    Arguments.of(0, atMost(1), "Inconclusive"),
                    Arguments.of(1, exactly(0), "Unmet"),
                    Arguments.of(1, exactly(1), "Inconclusive"),
                    Arguments.of(1, atLeast(1), "Met"),
                    Arguments.of(2, atMost(1), "Unmet"));
        }

        @ParameterizedTest
        @MethodSource("verdicts")
        void since_a_guarded_mark_is_not_held(int firings, CountBounds bounds, String verdict) {
            ProbeRequest placed = probeMark("shop:placed");
            SessionRecorder guarded = session(engine, "shop", guardedMark("shop:placed", 32));
            ProbeWindow window = planned(expect(placed, bounds));
            window.open(List.of(new RecordedProbe(placed, guarded, List.of(0))));
            for (int i = 0; i < firings; i++) {
                engine.fire(0);
            }
            Verdict seen = verdict(window);
            assertThat(seen.getClass().getSimpleName()).isEqualTo(verdict);
            if (seen instanceof Verdict.Inconclusive inconclusive) {
                assertThat(inconclusive.text()).contains("shop:placed", "nobody holds it");
            }
        }

        @ParameterizedTest
        @MethodSource("verdicts")
        void since_the_container_restarted(int firings, CountBounds bounds, String verdict) {
            ProbeWindow window = open(expect(F, bounds));
            fire(firings);
            restarted.set(Optional.of(Doubt.missed("container shop restarted")));
            assertThat(verdict(window).getClass().getSimpleName()).isEqualTo(verdict);
            assertThat(window.recording().loss().interruptions()).containsExactly("container shop restarted");
        }

        @ParameterizedTest
        @MethodSource("verdicts")
        void since_the_session_was_lost(int firings, CountBounds bounds, String verdict) {
            ProbeWindow window = open(expect(F, bounds));
            fire(firings);
            engine.lose("killed");
            assertThat(verdict(window).getClass().getSimpleName()).isEqualTo(verdict);
            assertThat(recorder.isAlive()).isFalse();
        }

        @Test
        void since_a_probe_may_have_changed_what_the_program_did() {
            TargetWatch harmed = points -> () -> new Findings(
                    List.of(Doubt.program("a probe may have ended process 7")),
                    Map.of(),
                    List.of("process 7 was ended"));
            SessionRecorder session = session(new FakeEngine(), "shop", harmed, function("f", "arg1"));
            SessionRecorder other = session(engine, "db", function("g"));
            ProbeWindow window = planned(expect(F, exactly(0)), expect(G, atMost(1)));
            window.open(List.of(new RecordedProbe(F, session, List.of(0)), new RecordedProbe(G, other, List.of(0))));

            Judgement judgement = window.judge();

            assertThat(judgement.verdicts())
                    .hasSize(2)
                    .allSatisfy(verdict -> assertThat(verdict)
                            .isInstanceOfSatisfying(
                                    Verdict.Inconclusive.class,
                                    inconclusive -> assertThat(inconclusive.text())
                                            .contains("a probe may have ended process 7")));
            assertThat(judgement.isMet()).isFalse();
            assertThat(judgement.summary().notes()).containsExactly("process 7 was ended");
        }

        @Test
        void since_the_watch_itself_failed() {
            SessionRecorder unwatched = session(
                    engine,
                    "shop",
                    TargetWatch.of(() -> {
                        throw new IllegalStateException("no such file");
                    }),
                    function("f", "arg1"));
            ProbeWindow window = planned(expect(F, exactly(0)));
            window.open(List.of(new RecordedProbe(F, unwatched, List.of(0))));
            assertThat(verdict(window)).isInstanceOf(Verdict.Inconclusive.class);
        }

        @Test
        void what_arrives_only_after_the_loss_proves_nothing() {
            ProbeWindow window = open(expect(F, atLeast(1)));
            engine.atBarrier(() -> engine.sendEarly(9_000_000, 0, number(1)));
            engine.lose("killed");
            assertThat(verdict(window)).isInstanceOf(Verdict.Inconclusive.class);
        }

        private void fire(int firings) {
            for (int i = 0; i < firings; i++) {
                engine.fire(0, number(i));
            }
        }
    }

    @Nested
    @Timeout(10) // half of LONG: nothing here waits for that to be over
    class Within {

        @Test
        void a_lower_bound_is_met_as_soon_as_it_is_reached() {
            ProbeWindow window = open(expectWithin(F, atLeast(2), LONG));
            engine.atBarrier(() -> engine.fire(0, number(1)));
            assertThat(window.judge().isMet()).isTrue();
        }

        @Test
        void a_lower_bound_that_is_not_reached_is_unmet_when_the_time_is_over() {
            ProbeWindow window = open(expectWithin(F, atLeast(1), SHORT));
            long start = System.nanoTime();
            assertThat(verdict(window)).isEqualTo(new Verdict.Unmet());
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT.toNanos());
        }

        @Test
        void an_upper_bound_is_watched_to_the_end() {
            ProbeWindow window = open(expectWithin(F, exactly(0), SHORT));
            window.freeze();
            // the barrier at the end of the time sees this, whenever that is
            engine.fire(0, number(1));
            assertThat(verdict(window)).isEqualTo(new Verdict.Unmet());
        }

        @Test
        void an_upper_bound_that_is_exceeded_is_unmet_at_once() {
            ProbeWindow window = open(expectWithin(F, exactly(0), LONG));
            engine.fire(0, number(1));
            assertThat(verdict(window)).isEqualTo(new Verdict.Unmet());
        }

        @Test
        void an_exact_count_needs_both() {
            ProbeWindow window = open(expectWithin(F, exactly(1), SHORT));
            engine.fire(0, number(1));
            long start = System.nanoTime();
            assertThat(verdict(window)).isEqualTo(new Verdict.Met());
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT.toNanos());
        }

        @Test
        void all_run_at_the_same_time_and_the_others_are_not_prolonged() {
            ProbeWindow window = open(
                    expectWithin(F, exactly(1), SHORT),
                    expectWithin(G, exactly(0), SHORT),
                    expectWithin(F, atLeast(1), LONG),
                    expect(F, exactly(0)));
            window.freeze();
            engine.fire(0, number(1));
            Judgement judgement = window.judge();
            assertThat(judgement.isMet()).isTrue();
            assertThat(window.recording().firings().count()).isZero();
        }

        @Test
        void what_fires_after_the_window_is_told_apart() {
            ProbeWindow window = open(expectWithin(F, atLeast(3), LONG), expect(G, atLeast(1)));
            engine.at(2_000_000).fire(0, number(1));
            engine.fire(1);
            window.freeze();
            engine.at(5_000_000).fire(0, number(2));
            engine.drop(0);
            engine.fire(1);
            Judgement judgement = window.judge();
            assertThat(judgement.summary().points())
                    .extracting(p -> p.observation().fired())
                    .containsExactly(1L, 1L);
            Summary after = judgement.after().orElseThrow();
            assertThat(after.length()).isEqualTo(Duration.ofMillis(4));
            assertThat(after.points()).singleElement().satisfies(p -> {
                assertThat(p.probe()).isEqualTo("f");
                assertThat(p.observation().fired()).isEqualTo(2);
            });
            assertThat(after.firings())
                    .singleElement()
                    .satisfies(f -> assertThat(f.nanos()).isEqualTo(4_000_000));
            assertThat(after.loss().details()).isEqualTo(1);
        }

        @Test
        void after_the_last_expectation_on_a_point_is_decided_nothing_is_added() {
            ProbeWindow window = open(expectWithin(F, atLeast(1), LONG), expectWithin(G, atLeast(2), LONG));
            window.freeze();
            engine.fire(0, number(1));
            engine.atBarrier(() -> {
                engine.fire(0, number(2));
                engine.fire(1);
            });
            Judgement judgement = window.judge();
            assertThat(judgement.isMet()).isTrue();
            assertThat(judgement.after().orElseThrow().points())
                    .extracting(p -> p.observation().fired())
                    .containsExactly(2L, 2L);
        }

        @Test
        void without_any_there_is_nothing_after_the_window() {
            assertThat(open(expect(F, exactly(0))).judge().after()).isEmpty();
        }

        @Test
        void a_session_that_is_lost_ends_the_wait() {
            ProbeWindow window = open(expectWithin(F, atLeast(1), LONG));
            window.freeze();
            engine.lose("killed");
            assertThat(verdict(window)).isInstanceOf(Verdict.Inconclusive.class);
        }

        @Test
        void an_interrupt_ends_the_wait() {
            ProbeWindow window = open(expectWithin(F, atLeast(1), LONG));
            Thread.currentThread().interrupt();
            assertThatThrownBy(window::judge)
                    .isInstanceOf(ProbeException.class)
                    .hasMessageContaining("@ProbeFunction(\"f\")");
            assertThat(Thread.interrupted()).isTrue();
        }

        @Test
        void conditions_are_judged_on_what_fires_later() {
            ProbeWindow window = open(expectWithin(F, atLeast(1), LONG, "arg1:s64 == 42"));
            engine.fire(0, number(1));
            window.freeze();
            engine.fire(0, number(42));
            assertThat(window.judge().isMet()).isTrue();
        }

        @Test
        void the_next_window_begins_anew() {
            ProbeWindow window = open(expectWithin(F, atLeast(1), LONG));
            window.freeze();
            engine.fire(0, number(1));
            window.close();
            engine.fire(0, number(2));
            assertThat(open(expect(F, exactly(0))).judge().isMet()).isTrue();
        }
    }
}
