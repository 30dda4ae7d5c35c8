package io.probeunit.conformance;

import static io.probeunit.assertj.ProbeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.probeunit.Recording;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.ProbeMark;
import io.probeunit.conformance.kit.EngineUnderTest;
import io.probeunit.conformance.truth.Truth;
import io.probeunit.conformance.truth.TruthContainer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** What ran n times is counted n times, whatever n is, and on how many CPUs it ran at once. */
@Tag("attach")
@Tag("host")
@Tag("remote")
@Testcontainers
@Timeout(120)
class ExactCountsTest {

    private static final int THREADS = 4;
    private static final int FORKS = 4;

    @Container
    static final TruthContainer container = new TruthContainer();

    private final Truth truth = container.truth();

    @Test
    @ProbeFunction("alpha")
    void the_engine_under_test_is_the_one_that_counts(Recording recording) {
        assertThat(recording.engine()).isEqualTo(EngineUnderTest.name());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 7, 1_000, 1_000_000})
    @ProbeFunction("alpha")
    void a_function_in_a_tight_loop(long times, Recording recording) {
        long ran = truth.call("alpha", times);

        assertThat(ran).isEqualTo(times);
        assertThat(recording).function("alpha").firedTimes(ran);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 7, 1_000, 1_000_000})
    @ProbeMark("truth:gamma")
    void a_mark_with_two_sites_in_a_tight_loop(long times, Recording recording) {
        long passed = truth.call("gamma", times);

        assertThat(passed).isEqualTo(times);
        assertThat(recording).mark("truth:gamma").firedTimes(passed);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 125, 125_000})
    @ProbeFunction("alpha")
    void a_function_from_threads_and_forks_at_once(long timesEach, Recording recording) {
        long ran = truth.spread("alpha", THREADS, FORKS, timesEach);

        assertThat(ran).isEqualTo((THREADS + FORKS) * timesEach);
        assertThat(recording).function("alpha").firedTimes(ran);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 125, 125_000})
    @ProbeMark("truth:gamma")
    void a_mark_with_two_sites_from_threads_and_forks_at_once(long timesEach, Recording recording) {
        long passed = truth.spread("gamma", THREADS, FORKS, timesEach);

        assertThat(passed).isEqualTo((THREADS + FORKS) * timesEach);
        assertThat(recording).mark("truth:gamma").firedTimes(passed);
    }

    @Test
    @ProbeFunction(value = "alpha", capture = "arg1:s64")
    @ProbeFunction("beta")
    @ProbeFunction(value = "beta", onReturn = true, capture = "return:s32")
    @ProbeMark(
            value = "truth:gamma",
            capture = {"arg1", "arg2:string"})
    @ProbeMark("bare")
    void several_points_at_once_with_more_details_than_can_be_kept(Recording recording) {
        long alpha = truth.spread("alpha", THREADS, FORKS, 20_000);
        long beta = truth.spread("beta", THREADS, FORKS, 20_000);
        long gamma = truth.spread("gamma", THREADS, FORKS, 20_000);
        long bare = truth.spread("bare", THREADS, FORKS, 20_000);

        assertThat(recording).function("alpha").firedTimes(alpha);
        assertThat(recording).function("beta").firedTimes(beta);
        assertThat(recording.functionReturn("beta").count()).isEqualTo(beta);
        assertThat(recording).mark("truth:gamma").firedTimes(gamma);
        assertThat(recording).mark("truth:bare").firedTimes(bare);
        assertThat(recording.firings().count()).isEqualTo(alpha + 2 * beta + gamma + bare);
    }

    @Test
    @ExpectFunction(value = "never", times = 0)
    @ExpectFunction(value = "alpha", times = 7)
    void what_never_ran() {
        assertThat(truth.call("alpha", 7)).isEqualTo(7);
        assertThat(truth.counts().count("never")).isZero();
    }

    @Test
    @ProbeFunction("folded")
    @ProbeFunction("shrunk")
    @ProbeFunction("halved")
    void functions_that_survive_as_clones(Recording recording) {
        assertThat(recording).function("folded").firedTimes(truth.call("folded", 1_001));
        assertThat(recording).function("shrunk").firedTimes(truth.call("shrunk", 1_002));
        // calls that end early may not reach the part that is left
        assertThat(recording).function("halved").firedAtLeast(truth.call("halved", 1_003));
        assertThatThrownBy(() -> recording.function("halved").count())
                .hasMessageContainingAll("at least 1003 times", "halved.part.0 is a part");
    }

    @Test
    @ProbeFunction("deep")
    @ProbeFunction(value = "deep", onReturn = true, capture = "return:s64")
    void recursion(Recording recording) {
        long entries = truth.call("deep", 10);

        assertThat(entries).isEqualTo(11);
        assertThat(recording).function("deep").firedTimes(entries);
        assertThat(recording.functionReturn("deep").stream()
                        .map(firing -> firing.captures().get("return")))
                .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
    }

    @Test
    @ProbeFunction("take_*")
    void a_glob_sums_over_what_it_matches(Recording recording) {
        for (String type : new String[] {"s8", "u8", "s16", "u16", "s32", "u32", "s64", "u64"}) {
            truth.take(type, 1);
        }
        truth.takeSix(1, 2, 3, 4, 5, 6);
        truth.takeString(Truth.Place.STATIC, "text");

        assertThat(recording).function("take_*").firedTimes(10);
        assertThat(recording).function("take_six").firedTimes(1);
    }

    @Test
    @ProbeMark("truth:twin")
    @ProbeMark("other:twin")
    void marks_of_one_name_and_two_providers(Recording recording) {
        truth.twins(1);
        truth.twins(2);

        assertThat(recording).mark("truth:twin").firedTimes(2);
        assertThat(recording).mark("other:twin").firedTimes(2);
    }

    @Test
    @ProbeFunction(value = "alpha", binary = TruthContainer.NO_PIE)
    @ProbeFunction(value = "folded", binary = TruthContainer.NO_PIE)
    @ProbeMark(value = "gamma", binary = TruthContainer.NO_PIE)
    void a_binary_with_fixed_addresses(Recording recording) {
        comparesWithProcessesOf(TruthContainer.NO_PIE, recording);
        assertThat(recording)
                .function("folded")
                .firedTimes(
                        container.exec(TruthContainer.NO_PIE, "call folded 5").count("folded"));
    }

    @Test
    @ProbeFunction(value = "alpha", binary = TruthContainer.STATIC)
    @ProbeMark(value = "gamma", binary = TruthContainer.STATIC)
    void a_static_binary(Recording recording) {
        comparesWithProcessesOf(TruthContainer.STATIC, recording);
    }

    @Test
    @ProbeFunction(value = "alpha", binary = TruthContainer.STRIPPED)
    @ProbeMark(value = "gamma", binary = TruthContainer.STRIPPED)
    void a_stripped_binary(Recording recording) {
        comparesWithProcessesOf(TruthContainer.STRIPPED, recording);
    }

    @Test
    @ProbeFunction(value = "alpha", binary = TruthContainer.DEBUG)
    @ProbeMark(value = "gamma", binary = TruthContainer.DEBUG)
    void a_binary_with_debug_information(Recording recording) {
        comparesWithProcessesOf(TruthContainer.DEBUG, recording);
    }

    private void comparesWithProcessesOf(String build, Recording recording) {
        truth.call("alpha", 13); // another file: does not count
        long alpha = container.exec(build, "spread alpha 2 2 2500").count("alpha");
        long gamma = container.exec(build, "call gamma 1001").count("gamma");

        assertThat(alpha).isEqualTo(10_000);
        assertThat(recording).function("alpha").firedTimes(alpha);
        assertThat(recording).mark("gamma").firedTimes(gamma);
    }
}
