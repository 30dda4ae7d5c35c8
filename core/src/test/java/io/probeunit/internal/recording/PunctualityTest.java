package io.probeunit.internal.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.plan.CountBounds;
import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.plan.Latency;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PunctualityTest {

    /** Calls that are certain, and those that are late, undecided, running and late, running. */
    @ParameterizedTest
    @CsvSource({
        "< 1s,     5, 0, 0, 0, 0, Met",
        "< 1s,     5, 1, 0, 0, 0, Unmet",
        "< 1s,     5, 1, 1, 0, 1, Unmet",
        "< 1s,     5, 0, 1, 0, 0, Inconclusive",
        "< 1s,     5, 0, 0, 1, 0, Unmet",
        "< 1s,     5, 0, 0, 0, 1, Inconclusive",
        "p99 < 1s, 100, 1, 0, 0, 0, Met",
        "p99 < 1s, 100, 2, 0, 0, 0, Unmet",
        "p99 < 1s, 100, 1, 1, 0, 0, Inconclusive",
        "p99 < 1s, 100, 0, 1, 0, 0, Met",
        "p99 < 1s, 199, 1, 0, 1, 0, Met",
        "p99 < 1s, 198, 1, 0, 1, 0, Unmet",
        "p99 < 1s, 198, 1, 0, 1, 1, Inconclusive"
    })
    void the_verdict_holds_whatever_is_not_known(
            String limit, long calls, long late, long undecided, long lateRunning, long running, String verdict) {
        Punctuality times = new Punctuality(
                Latency.parse(limit, CountBounds.of(-1, 100, -1)),
                Observation.exactly(calls),
                Observation.filtered(late, calls, 0, 0, undecided, List.of()),
                lateRunning,
                running,
                OptionalLong.empty());

        assertThat(times.verdict().getClass().getSimpleName()).isEqualTo(verdict);
    }

    @Test
    void a_doubt_of_the_calls_is_one_of_a_percentile() {
        Punctuality times = new Punctuality(
                Latency.parse("p99 < 1s", CountBounds.of(-1, 100, -1)),
                Observation.unfiltered(100, 0, List.of(Doubt.missed("something was missed"))),
                Observation.filtered(2, 100, 0, 0, 0, List.of(Doubt.missed("something was missed"))),
                0,
                1,
                OptionalLong.of(7_100_000));

        assertThat(times.verdict())
                .isEqualTo(
                        new Verdict.Inconclusive(List.of("something was missed", "1 call had begun and not returned")));
        assertThat(times.describe())
                .isEqualTo(
                        "at least 2 calls did not satisfy took < 1 s, 1 call still running, 0 late; longest seen: 7.1 ms");
    }

    @Test
    void two_verdicts_make_the_worse_one() {
        Verdict met = new Verdict.Met();
        Verdict unmet = new Verdict.Unmet();
        Verdict open = new Verdict.Inconclusive(List.of("a"));

        assertThat(met.and(met)).isEqualTo(met);
        assertThat(met.and(open)).isEqualTo(open);
        assertThat(open.and(met)).isEqualTo(open);
        assertThat(unmet.and(open)).isEqualTo(unmet);
        assertThat(open.and(unmet)).isEqualTo(unmet);
        assertThat(open.and(new Verdict.Inconclusive(List.of("b", "a"))))
                .isEqualTo(new Verdict.Inconclusive(List.of("a", "b")));
    }
}
