package io.probeunit.internal.engine.stap;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.engine.Demand;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.plan.Capture;
import io.probeunit.internal.plan.Condition;
import io.probeunit.internal.plan.CountBounds;
import io.probeunit.internal.plan.Expectation;
import io.probeunit.internal.plan.Filter;
import io.probeunit.internal.plan.FunctionSpec;
import io.probeunit.internal.plan.NamePattern;
import io.probeunit.internal.plan.ProbeRequest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which classes the built-in engine serves better, so that AUTO takes it for them. */
class WeaknessesTest {

    @Test
    void nothing_is_said_of_a_class_that_is_served_as_well() {
        Expectation few = expectation(40, List.of("arg1:s32"), List.of());
        Expectation judged = expectation(5000, List.of("arg1:s32"), List.of("arg1:s32 == 42"));
        Expectation counted = expectation(5000, List.of(), List.of());

        assertThat(Weaknesses.of(Demand.UNKNOWN)).isEmpty();
        assertThat(Weaknesses.of(new Demand(List.of(request("arg1:s32")), List.of(few, judged, counted), 30)))
                .isEmpty();
    }

    @Test
    void text_is_cut() {
        assertThat(Weaknesses.of(new Demand(List.of(request("arg1"), request("arg2:string")), List.of(), 2)))
                .contains(
                        "@Probe [arg2:string] captures text; SystemTap reads only 63 bytes of it, and nothing from a page that is not in memory");
    }

    @Test
    void details_of_a_burst_are_dropped() {
        String sentence =
                "@Expect [arg1:s32] captures values of more than 40 firings, and SystemTap may drop those of a burst";

        assertThat(Weaknesses.of(new Demand(
                        List.of(), List.of(expectation(41, List.of("arg1:s32"), List.of("arg2:s32 == 1"))), 1)))
                .contains(sentence);
        assertThat(Weaknesses.of(new Demand(List.of(), List.of(expectation(41, List.of("arg1:s32"), List.of())), 1)))
                .contains(sentence);
    }

    @Test
    void many_points_take_long_to_take_away() {
        assertThat(Weaknesses.of(new Demand(List.of(), List.of(), 31)))
                .contains("it has 31 probe points or more, and SystemTap needs about 0.1 s to remove each");
    }

    private static ProbeRequest request(String capture) {
        return new ProbeRequest(point(), List.of(Capture.parse(capture)), "@Probe [%s]".formatted(capture));
    }

    private static Expectation expectation(int times, List<String> captures, List<String> conditions) {
        List<Condition> where = conditions.stream()
                .map(text -> Condition.parse(text, List.of()))
                .toList();
        List<Capture> values = Stream.concat(
                        captures.stream().map(Capture::parse), where.stream().map(Condition::value))
                .distinct()
                .toList();
        return new Expectation(
                new ProbeRequest(point(), values, new Filter(where), "@Expect " + captures),
                CountBounds.of(times, -1, -1),
                Optional.empty());
    }

    private static FunctionSpec point() {
        return new FunctionSpec(new NamePattern("f"), false, new BinarySelector.TargetDefault(), Optional.empty());
    }
}
