package io.probeunit.internal.report;

import static io.probeunit.internal.recording.Fixture.atLeast;
import static io.probeunit.internal.recording.Fixture.atMost;
import static io.probeunit.internal.recording.Fixture.exactly;
import static io.probeunit.internal.recording.Fixture.expect;
import static io.probeunit.internal.recording.Fixture.function;
import static io.probeunit.internal.recording.Fixture.functionReturn;
import static io.probeunit.internal.recording.Fixture.number;
import static io.probeunit.internal.recording.Fixture.probeFunction;
import static io.probeunit.internal.recording.Fixture.probeReturn;
import static io.probeunit.internal.recording.Fixture.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.probeunit.Frame;
import io.probeunit.internal.engine.CallStack;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.StackQuota;
import io.probeunit.internal.plan.Capture;
import io.probeunit.internal.plan.Condition;
import io.probeunit.internal.plan.CountBounds;
import io.probeunit.internal.plan.Expectation;
import io.probeunit.internal.plan.Filter;
import io.probeunit.internal.plan.Latency;
import io.probeunit.internal.plan.PlanException;
import io.probeunit.internal.plan.ProbePlan;
import io.probeunit.internal.plan.ProbeRequest;
import io.probeunit.internal.recording.FakeEngine;
import io.probeunit.internal.recording.ProbeWindow;
import io.probeunit.internal.recording.RecordedProbe;
import io.probeunit.internal.recording.SessionRecorder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which stacks a window wants, and where they are shown. */
class StacksTest {

    private static final ProbeRequest RESERVE = probeFunction("reserve_stock", "arg1:s32");
    private static final ProbeRequest WITH_STACK = probeFunction("reserve_stock", "stack", "arg1:s32");

    private static final ProbeRequest RETURN = probeReturn("reserve_stock", "took");
    private static final ProbePoint TIMED = functionReturn("reserve_stock", "took");
    private static final Condition LATE = Latency.parse("< 5ms", atLeast(1)).violation();

    private static final CallStack ORDER = stack("place_order", Optional.empty());
    private static final CallStack RETRY = stack("retry", Optional.of("it is cut"));

    private final FakeEngine engine = new FakeEngine();

    private static CallStack stack(String caller, Optional<String> cut) {
        return new CallStack(
                List.of(
                        new Frame(
                                "reserve_stock",
                                "/opt/shop",
                                0x1234,
                                Optional.of(new Frame.Source("/src/shop.c", 131))),
                        new Frame(caller, "/opt/shop", 0x2000)),
                cut);
    }

    private ProbeWindow open(ProbeRequest request, Expectation... expectations) {
        return open(function("reserve_stock", "arg1", "stack"), request, expectations);
    }

    private ProbeWindow open(ProbePoint point, ProbeRequest request, Expectation... expectations) {
        SessionRecorder recorder = session(engine, "shop", point);
        ProbePlan plan = new ProbePlan(List.of(request), List.of(expectations));
        ProbeWindow window = new ProbeWindow(plan, List.of("shop"));
        window.open(plan.requests().stream()
                .distinct()
                .map(one -> new RecordedProbe(one, recorder, List.of(0)))
                .toList());
        return window;
    }

    private static Expectation slow(CountBounds bounds) {
        Latency limit = Latency.parse("< 5ms", bounds);
        return new Expectation(
                new ProbeRequest(
                        RETURN.point(), RETURN.captures(), Filter.NONE, Optional.of(limit), RETURN.declaration()),
                bounds,
                Optional.empty());
    }

    private String story(ProbeWindow window) {
        return FailureStory.of(window.judge()).orElseThrow();
    }

    @Test
    void nobody_pays_for_stacks_that_nobody_wants() {
        open(RESERVE, expect(RESERVE, atLeast(1)));

        assertThat(engine.stacks()).isEmpty();
    }

    @Test
    void firings_beyond_an_upper_bound_are_wanted_with_their_stacks() {
        open(RESERVE, expect(RESERVE, exactly(2)));
        assertThat(engine.stacks()).containsOnlyKeys(0).containsEntry(0, new StackQuota(2, 3));

        open(RESERVE, expect(RESERVE, exactly(0)), expect(RESERVE, atMost(1)));
        assertThat(engine.stacks()).containsEntry(0, new StackQuota(0, 4));
    }

    @Test
    void with_conditions_the_first_firings_are_wanted_with_their_stacks() {
        open(RESERVE, expect(RESERVE, exactly(3), "arg1 == 42"));

        assertThat(engine.stacks()).containsEntry(0, new StackQuota(0, 8));
    }

    @Test
    void calls_that_take_too_long_are_wanted_with_their_stacks() {
        open(TIMED, RETURN, slow(CountBounds.of(-1, 1, -1)));
        assertThat(engine.stacks()).containsEntry(0, new StackQuota(0, 3, Optional.of(LATE)));

        open(TIMED, RETURN, slow(exactly(1_000)));
        assertThat(engine.stacks()).containsEntry(0, new StackQuota(0, 3, Optional.of(LATE)));

        open(TIMED, RETURN, slow(exactly(1_000)), expect(RETURN, exactly(0)));
        assertThat(engine.stacks()).containsEntry(0, new StackQuota(0, 3));
    }

    @Test
    void calls_that_took_too_long_are_shown_with_their_stacks() {
        ProbeWindow window = open(TIMED, RETURN, slow(atLeast(1)));
        engine.at(2_000_000).fireFrom(RETRY, 0, number(4_000_000));
        engine.at(3_000_000).fireFrom(ORDER, 0, number(5_000_000));

        assertThat(story(window).replace("\n   ", "\n")).contains("""
                        stack:     of the firing at 2.000 ms
                                   #0  reserve_stock  /opt/shop+0x1234  /src/shop.c:131
                                   #1  place_order    /opt/shop+0x2000
                        probed in:""").doesNotContain("retry");
    }

    @Test
    void an_engine_that_copies_none_says_so_where_firings_are_too_many() {
        engine.copiesNoStacks();
        ProbeWindow tooMany = open(RESERVE, expect(RESERVE, exactly(0)));
        engine.fire(0, number(1), number(0));
        assertThat(story(tooMany).replace("\n   ", "\n")).contains("""
                stack:     engine fake copies no stacks; engine UPROBE does
                probed in:""");

        ProbeWindow tooFew = open(RESERVE, expect(RESERVE, exactly(2)));
        engine.fire(0, number(1), number(0));
        assertThat(story(tooFew)).doesNotContain("stacks");
    }

    @Test
    void captured_stacks_are_wanted_of_the_first_firings() {
        open(WITH_STACK, expect(WITH_STACK, exactly(2)));

        assertThat(engine.stacks()).containsEntry(0, new StackQuota(0, 32));
    }

    @Test
    void a_firing_has_its_stack_beside_its_captures() {
        ProbeWindow window = open(WITH_STACK);
        engine.fireFrom(RETRY, 0, number(42), number(0));
        engine.fire(0, number(43), number(0));

        assertThat(window.recording().function("reserve_stock").list())
                .satisfiesExactly(
                        first -> {
                            assertThat(first.captures())
                                    .containsOnlyKeys("arg1")
                                    .containsEntry("arg1", 42L);
                            assertThat(first.stack()).isEqualTo(RETRY.frames());
                            assertThat(first.stackCut()).hasValue("it is cut");
                        },
                        second -> {
                            assertThat(second.stack()).isEmpty();
                            assertThat(second.stackCut()).isEmpty();
                        });
    }

    @Test
    void firings_beyond_the_bound_are_shown_each_stack_once() {
        ProbeWindow window = open(RESERVE, expect(RESERVE, exactly(1)));
        engine.at(2_000_000).fireFrom(ORDER, 0, number(1), number(0));
        engine.at(3_000_000).fireFrom(RETRY, 0, number(2), number(0));
        engine.at(4_000_000).fireFrom(RETRY, 0, number(3), number(0));
        engine.at(5_000_000).fireFrom(ORDER, 0, number(4), number(0));
        engine.at(6_000_000).fireFrom(ORDER, 0, number(5), number(0));

        assertThat(story(window).replace("\n   ", "\n")).contains("""
                   stack:     of the firing at 2.000 ms, 3.000 ms
                              #0  reserve_stock  /opt/shop+0x1234  /src/shop.c:131
                              #1  retry          /opt/shop+0x2000
                              no more: it is cut
                   stack:     of the firing at 4.000 ms
                              #0  reserve_stock  /opt/shop+0x1234  /src/shop.c:131
                              #1  place_order    /opt/shop+0x2000
                   probed in:""");
    }

    @Test
    void what_is_met_shows_none() {
        ProbeWindow window = open(RESERVE, expect(RESERVE, exactly(1)));
        engine.fireFrom(ORDER, 0, number(1), number(0));

        assertThat(FailureStory.of(window.judge())).isEmpty();
    }

    @Test
    void a_report_has_the_frames() {
        ProbeWindow window = open(WITH_STACK);
        engine.fireFrom(RETRY, 0, number(1), number(0));
        engine.fire(0, number(2), number(0));

        String report = TestReport.json(
                new TestReport.Test("id", "Class", "method", "name", false),
                new TestReport.Setup(
                        "how",
                        List.of(),
                        new TestReport.Place("local", Optional.empty(), List.of()),
                        Map.of(),
                        List.of(),
                        List.of()),
                window.judge());

        assertThat(report)
                .containsOnlyOnce("\"stack\"")
                .contains("\"offset\": 4660, \"file\": \"/src/shop.c\", \"line\": 131}")
                .contains("{\"function\": \"retry\", \"binary\": \"/opt/shop\", \"offset\": 8192}")
                .contains("\"stackCut\": \"it is cut\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stack:hex", "stack ", "stacks"})
    void nothing_else_is_a_stack(String text) {
        assertThatThrownBy(() -> Capture.parse(text))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("PU0213");
    }

    @Test
    void a_stack_is_no_value_that_is_compared() {
        assertThatThrownBy(() -> Condition.parse("stack == 3", List.of()))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("PU0246");
    }
}
