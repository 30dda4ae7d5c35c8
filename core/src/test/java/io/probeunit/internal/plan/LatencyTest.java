package io.probeunit.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyTest {

    @ParameterizedTest
    @CsvSource({
        "< 5ms, took < 5 ms, took >= 5 ms",
        "<=1.5us, took <= 1.5 us, took > 1.5 us",
        "> 100 ns, took > 100 ns, took <= 100 ns",
        ">= 2s, took >= 2 s, took < 2 s",
        "p 99 < 0.25 s, took < 250 ms, took >= 250 ms",
        "< 1500µs, took < 1.5 ms, took >= 1.5 ms"
    })
    void limits_are_read(String text, String limit, String violation) {
        Latency latency = latency(text);

        assertThat(latency.limit().text()).isEqualTo(limit);
        assertThat(latency.violation().text()).isEqualTo(violation);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"5ms", "== 5ms", "< 5", "< 5 min", "< -5ms", "< 0.5ns", "p < 5ms", "p100 < 5ms", "< 5ms 6ms", ""
            })
    void what_is_no_limit_is_refused(String text) {
        assertThatThrownBy(() -> latency(text))
                .isInstanceOf(PlanException.class)
                .hasMessageContainingAll("took = \"" + text + "\" is not understood (PU0241)", "\"p99 < 5ms\"");
    }

    @Test
    void a_limit_that_no_call_can_satisfy_or_violate_is_refused() {
        assertThatThrownBy(() -> Latency.parse("< 5ms", CountBounds.of(0, -1, -1)))
                .hasMessageContaining("is about calls, and no call is allowed here (PU0242)");
        assertThatThrownBy(() -> latency("p50 > 5ms")).hasMessageContaining("a percentile is an upper limit (PU0243)");
        assertThatThrownBy(() -> latency("p0 < 5ms")).hasMessageContaining("there is no percentile 0 (PU0244)");
    }

    @ParameterizedTest
    @CsvSource({"p99, 100", "p50, 2", "p99.9, 1000", "p90, 10", "p95.5, 23"})
    void a_percentile_needs_as_many_calls_that_it_is_not_the_slowest(String percentile, long needed) {
        assertThat(Latency.parse(percentile + " < 1s", CountBounds.of(-1, needed, -1))
                        .allowed(needed))
                .isEqualTo(1);
        assertThatThrownBy(() -> Latency.parse(percentile + " < 1s", CountBounds.of(-1, needed - 1, -1)))
                .hasMessageContaining("Give atLeast = %d or more".formatted(needed));
    }

    @ParameterizedTest
    @CsvSource({"99, 100, 1", "99, 199, 1", "99, 200, 2", "99, 1, 0", "99, 0, 0", "50, 3, 1", "99.9, 20000, 20"})
    void a_percentile_is_that_of_the_nearest_rank(String percent, long calls, long allowed) {
        assertThat(latency("p%s < 1s".formatted(percent)).allowed(calls)).isEqualTo(allowed);
        assertThat(latency("< 1s").allowed(calls)).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "< 5ms, 4999999, -", "< 5ms, 5000000, true", "<= 5ms, 5000000, -", "<= 5ms, 5000001, true",
                "> 5ms, 5000000, -", "> 5ms, 5000001, false", ">= 5ms, 4999999, -", ">= 5ms, 5000000, false"
            })
    void a_call_that_runs_can_only_take_longer(String text, long nanos, Boolean violates) {
        assertThat(latency(text).violatedBy(nanos)).isEqualTo(Optional.ofNullable(violates));
    }

    @Test
    void a_condition_on_a_time_takes_units() {
        assertThat(Condition.parse("took >= 1.5ms", List.of()).literal())
                .isEqualTo(new Condition.Literal.Number(BigInteger.valueOf(1_500_000)));
        assertThat(Condition.parse("took < 20", List.of()).literal())
                .isEqualTo(new Condition.Literal.Number(BigInteger.valueOf(20)));
        assertThatThrownBy(() -> Condition.parse("arg1 < 5ms", List.of()))
                .hasMessageContaining("'5ms' is text, but arg1 is a number");
    }

    private static Latency latency(String text) {
        return Latency.parse(text, CountBounds.of(-1, 1_000, -1));
    }
}
