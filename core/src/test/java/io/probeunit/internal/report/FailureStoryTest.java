package io.probeunit.internal.report;

import static io.probeunit.internal.recording.Fixture.SHOP;
import static io.probeunit.internal.recording.Fixture.atLeast;
import static io.probeunit.internal.recording.Fixture.cut;
import static io.probeunit.internal.recording.Fixture.exactly;
import static io.probeunit.internal.recording.Fixture.expect;
import static io.probeunit.internal.recording.Fixture.expectWithin;
import static io.probeunit.internal.recording.Fixture.function;
import static io.probeunit.internal.recording.Fixture.mark;
import static io.probeunit.internal.recording.Fixture.number;
import static io.probeunit.internal.recording.Fixture.probeFunction;
import static io.probeunit.internal.recording.Fixture.probeMark;
import static io.probeunit.internal.recording.Fixture.recorded;
import static io.probeunit.internal.recording.Fixture.session;
import static io.probeunit.internal.recording.Fixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.plan.Expectation;
import io.probeunit.internal.plan.ExpectedOrder;
import io.probeunit.internal.plan.ProbePlan;
import io.probeunit.internal.plan.ProbeRequest;
import io.probeunit.internal.recording.FakeEngine;
import io.probeunit.internal.recording.Judgement;
import io.probeunit.internal.recording.ProbeWindow;
import io.probeunit.internal.recording.RecordedProbe;
import io.probeunit.internal.recording.SessionRecorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class FailureStoryTest {

    private static final ProbeRequest RESERVE = probeFunction("reserve_stock", "arg1:hex");
    private static final ProbeRequest PLACED = probeMark("shop:order__placed", "arg1", "arg2:string");

    private final FakeEngine engine = new FakeEngine();
    private final SessionRecorder recorder = session(
            engine, "shop", function("reserve_stock", "arg1"), mark("shop:order__placed", "arg1", "arg2:string"));

    private ProbeWindow open(Expectation... expectations) {
        return open(List.of(), expectations);
    }

    private ProbeWindow open(List<ExpectedOrder> orders, Expectation... expectations) {
        ProbePlan plan = new ProbePlan(List.of(RESERVE, PLACED), List.of(expectations), orders);
        ProbeWindow window = new ProbeWindow(plan, List.of("shop"));
        window.open(recorded(
                plan,
                new RecordedProbe(RESERVE, recorder, List.of(0)),
                new RecordedProbe(PLACED, recorder, List.of(1))));
        return window;
    }

    private void placed(long millis, long order, String item) {
        engine.at(1_000_000 + millis * 1_000_000).fire(1, number(order), text(item));
    }

    @Test
    void what_is_met_makes_no_story() {
        Judgement judgement = open(expect(RESERVE, exactly(0))).judge();
        assertThat(FailureStory.of(judgement)).isEmpty();
    }

    @Test
    void hints_are_for_what_never_fired_though_it_should_have() {
        ProbeWindow window = open(
                expect(RESERVE, atLeast(1)),
                expect(RESERVE, exactly(0)),
                expect(PLACED, exactly(1), "arg1 == 42"),
                expect(PLACED, exactly(0)));
        placed(1, 41, "book");
        List<ProbeRequest> asked = new ArrayList<>();

        Judgement judgement = window.judge().withHints(request -> {
            asked.add(request);
            return List.of("it may be inlined", "or not");
        });

        assertThat(asked).containsExactly(RESERVE);
        assertThat(FailureStory.of(judgement).orElseThrow())
                .contains("   hint:      it may be inlined\n   hint:      or not\n")
                .containsOnlyOnce("it may be inlined");
        assertThat(judgement.verdicts()).isEqualTo(window.judge().verdicts());
    }

    @Test
    void a_session_that_was_lost_explains_a_count_of_0_better_than_hints() {
        ProbeWindow window = open(expect(RESERVE, atLeast(1)));
        engine.lose("stap ended with status 1");

        assertThat(FailureStory.of(window.judge().withHints(request -> List.of("it may be inlined")))
                        .orElseThrow())
                .doesNotContain("inlined");
    }

    @Test
    void hints_are_for_the_first_few() {
        Expectation[] many =
                Stream.generate(() -> expect(RESERVE, atLeast(1))).limit(20).toArray(Expectation[]::new);
        AtomicInteger asked = new AtomicInteger();

        open(many).judge().withHints(request -> List.of("hint " + asked.incrementAndGet()));

        assertThat(asked).hasValueLessThan(6);
    }

    @Test
    void tells_everything_in_the_order_declared() {
        ProbeWindow window = open(
                List.of(
                        new ExpectedOrder(List.of("reserve_stock", "order__placed"), "@ExpectOrder of a test"),
                        new ExpectedOrder(List.of("order__placed", "order__placed"), "@ExpectOrder that is met")),
                expect(PLACED, exactly(1), "arg1 == 42"),
                expect(PLACED, atLeast(1)),
                expectWithin(RESERVE, atLeast(1), Duration.ofMillis(20)),
                expect(PLACED, exactly(1), "arg2 =~ pen"));
        placed(1, 41, "book");
        placed(2, 43, "e\u001b[31mvil\n");
        engine.fire(1, number(44), cut("a long"));
        engine.drop(1);
        Judgement judgement = window.judge();
        String story = FailureStory.of(judgement).orElseThrow();
        assertThat(story).isEqualTo("""
                        2 of 6 expectations were not met, 2 are inconclusive, which counts as failed

                        1) @ProbeMark("shop:order__placed")
                           expected:  exactly 1 time, where arg1 == 42
                           seen:      0 to 1 time; whatever the values, it fired 4 times
                           doubts:    the details of 1 firing were dropped
                           firings:   1.000 ms  shop  4711/4712  shop  shop:order__placed  arg1=41 arg2="book"
                                      2.000 ms  shop  4711/4712  shop  shop:order__placed  arg1=43 arg2="e\\u001b[31mvil\\n"
                                      2.000 ms  shop  4711/4712  shop  shop:order__placed  arg1=44 arg2="a long\u2026"
                                      and 1 more
                           probed in: container shop, %1$s

                        2) @ProbeFunction("reserve_stock")
                           expected:  at least 1 time, watched for 20 ms after the test method
                           seen:      0 times
                           probed in: container shop, %1$s

                        3) @ProbeMark("shop:order__placed")
                           expected:  exactly 1 time, where arg2 =~ pen
                           seen:      0 to 2 times; whatever the values, it fired 4 times
                           doubts:    the details of 1 firing were dropped; on 1 firing the conditions could not be decided (text cut or unreadable, or the entry of the call was not seen)
                           firings:   1.000 ms  shop  4711/4712  shop  shop:order__placed  arg1=41 arg2="book"
                                      2.000 ms  shop  4711/4712  shop  shop:order__placed  arg1=43 arg2="e\\u001b[31mvil\\n"
                                      2.000 ms  shop  4711/4712  shop  shop:order__placed  arg1=44 arg2="a long\u2026"
                                      and 1 more
                           probed in: container shop, %1$s

                        4) @ExpectOrder of a test
                           expected:  reserve_stock, then order__placed
                           seen:      no reserve_stock (it fired 0 times)

                        What fired in the window of 2.000 ms (engine fake):
                           reserve_stock       0 times  shop  %1$s
                           shop:order__placed  4 times  shop  %1$s
                        Lost: the details of 1 firing.

                        What fired after it, until 2.000 ms, while expectations with 'within' were watched:
                           reserve_stock  0 times  shop  %1$s""".formatted(SHOP));
    }

    @Test
    void tells_what_came_later() {
        ProbeWindow window = open(expectWithin(PLACED, exactly(0), Duration.ofMinutes(1)));
        window.freeze();
        placed(7, 41, "book");
        engine.drop(1);
        assertThat(FailureStory.of(window.judge()).orElseThrow()).endsWith("""
                        What fired in the window of 0.000 ms (engine fake):
                           reserve_stock       0 times  shop  %1$s
                           shop:order__placed  0 times  shop  %1$s
                        Nothing was lost.

                        What fired after it, until 7.000 ms, while expectations with 'within' were watched:
                           shop:order__placed  2 times  shop  %1$s
                           7.000 ms  shop  4711/4712  shop  shop:order__placed  arg1=41 arg2="book"
                        Lost: the details of 1 firing.""".formatted(SHOP));
    }

    @Test
    void what_was_expected_and_seen_can_be_laid_side_by_side() {
        ProbeWindow window = open(
                List.of(
                        new ExpectedOrder(List.of("reserve_stock", "order__placed"), "an order"),
                        new ExpectedOrder(List.of("order__placed", "reserve_stock"), "another order")),
                expect(PLACED, exactly(1), "arg1 == 42"),
                expect(PLACED, atLeast(1)),
                expect(RESERVE, atLeast(2)));
        placed(1, 41, "100 %s");
        engine.drop(1);
        Difference difference = Difference.of(window.judge());
        assertThat(difference.expected()).isEqualTo("""
                        mark shop:order__placed: exactly 1 time, where arg1 == 42
                        function reserve_stock: at least 2 times
                        reserve_stock, then order__placed
                        order__placed, then reserve_stock""");
        assertThat(difference.actual()).isEqualTo("""
                        mark shop:order__placed: 0 to 1 time (inconclusive), where arg1 == 42
                        function reserve_stock: 0 times
                        no reserve_stock (it fired 0 times)
                        order__placed at 1.000 ms, then no reserve_stock (it fired 0 times)""");
    }

    @Test
    void says_what_interrupted_the_window() {
        ProbeWindow window = open(expect(RESERVE, exactly(0)));
        engine.lose("stap ended with status 1");
        String story = FailureStory.of(window.judge()).orElseThrow();
        assertThat(story)
                .startsWith("1 of 1 expectation is inconclusive, which counts as failed")
                .contains("seen:      at least 0 times", "What fired in the window of unknown length (engine fake):")
                .contains("doubts:    engine fake on container shop was lost: stap ended with status 1")
                .endsWith("Lost: exact counts, for the doubts above.");
    }

    @Test
    void a_doubt_is_told_once() {
        ProbeWindow window = open(expect(RESERVE, exactly(0)), expect(PLACED, exactly(0)));
        engine.lose("stap ended with status 1");

        String story = FailureStory.of(window.judge()).orElseThrow();

        assertThat(story).containsOnlyOnce("stap ended with status 1").contains("doubts:    those of 1)");
    }

    /** What fired once is too often, whatever else was missed. */
    @Test
    void a_doubt_that_no_expectation_has_told_is_told_at_the_end() {
        ProbeWindow window = open(expect(PLACED, exactly(0)));
        placed(1, 41, "book");
        window.recording().mark("order__placed").count();
        engine.lose("stap ended with status 1");

        assertThat(FailureStory.of(window.judge()).orElseThrow())
                .startsWith("1 of 1 expectation was not met")
                .endsWith(
                        "Lost: exact counts, since engine fake on container shop was lost: stap ended with status 1.");
    }

    @Test
    void of_a_thousand_points_those_that_fired_are_shown() {
        ProbePoint[] points = IntStream.range(0, 1_000)
                .mapToObj(i -> function("f%03d".formatted(i)))
                .toArray(ProbePoint[]::new);
        FakeEngine many = new FakeEngine();
        ProbeRequest all = probeFunction("f*");
        ProbePlan plan = new ProbePlan(List.of(all), List.of(expect(all, exactly(1))), List.of());
        ProbeWindow window = new ProbeWindow(plan, List.of("shop"));
        window.open(recorded(
                plan,
                new RecordedProbe(
                        all,
                        session(many, "shop", points),
                        IntStream.range(0, 1_000).boxed().toList())));
        many.at(2_000_000).fire(707);
        many.at(3_000_000).fire(9);

        Judgement judgement = window.judge();

        assertThat(FailureStory.of(judgement).orElseThrow())
                .contains("""
                           probed in: container shop, %1$s: f009, 1 time
                                      container shop, %1$s: f707, 1 time
                                      container shop, %1$s: f000, 0 times
                        """.formatted(SHOP), "and 990 more points, none of which fired\n", """
                           f009  1 time  shop  %1$s
                           f707  1 time  shop  %1$s
                           and 998 points that did not fire
                        """.formatted(SHOP));
        assertThat(FiringsTable.of(judgement.summary(), Optional.empty(), 0))
                .contains("and 998 points that did not fire")
                .doesNotContain("f000");
    }

    @Test
    void a_timeline_shows_counts_and_the_first_firings() {
        ProbeWindow window = open();
        engine.at(2_000_000).fire(0, number(-1));
        placed(2, 41, "book");
        placed(3, 42, "pen");
        assertThat(FiringsTable.of(window.recording().summary(), Optional.empty(), 2))
                .isEqualTo("""
                        Window of 3.000 ms, engine fake. Nothing was lost.
                        reserve_stock       1 time   shop  %1$s
                        shop:order__placed  2 times  shop  %1$s

                        1.000 ms  shop  4711/4712  shop  reserve_stock       arg1=0xffffffffffffffff
                        2.000 ms  shop  4711/4712  shop  shop:order__placed  arg1=41 arg2="book"
                        and 1 more""".formatted(SHOP));
    }

    @Test
    void a_timeline_shows_what_came_later() {
        ProbeWindow window = open(expectWithin(PLACED, atLeast(2), Duration.ofMinutes(1)));
        window.freeze();
        placed(2, 41, "book");
        placed(3, 42, "pen");
        Judgement judgement = window.judge();
        assertThat(FiringsTable.of(judgement.summary(), judgement.after(), 1)).isEqualTo("""
                        Window of 0.000 ms, engine fake. Nothing was lost.
                        reserve_stock       0 times  shop  %1$s
                        shop:order__placed  0 times  shop  %1$s

                        What fired after it, until 3.000 ms, while expectations with 'within' were watched:
                           shop:order__placed  2 times  shop  %1$s
                           2.000 ms  shop  4711/4712  shop  shop:order__placed  arg1=41 arg2="book"
                           and 1 more""".formatted(SHOP));
    }
}
