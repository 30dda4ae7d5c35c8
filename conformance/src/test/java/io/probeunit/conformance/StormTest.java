package io.probeunit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.Firing;
import io.probeunit.Firings;
import io.probeunit.ProbeException;
import io.probeunit.Recording;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.ProbeMark;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.truth.Answer;
import io.probeunit.conformance.truth.TruthContainer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/**
 * A random workload that logs what it does, compared with what was recorded: whatever differs must have been said to be
 * unknown. A sibling of the same image fires all the time.
 *
 * <p>The name of an invocation tells its seed; {@code -Dbuild.conformance.seed=N} begins there again, and
 * {@code build.conformance.windows} is their number.
 */
@Tag("slow-with-perf")
@Testcontainers
@Timeout(60)
@ProbeFunction(value = "alpha", capture = "arg1:s64")
@ProbeFunction(value = "beta", capture = "arg1:s32")
@ProbeMark(
        value = "truth:gamma",
        capture = {"arg1", "arg2:string"})
@ProbeMark(
        value = "truth:delta",
        capture = {"arg1", "arg2"})
@ProbeMark(value = "truth:words", capture = "arg1:string")
@ProbeMark("truth:bare")
@ProbeMark(value = "truth:guarded", capture = "arg1")
@ExpectFunction(value = "never", times = 0)
class StormTest {

    private static final long FIRST_SEED =
            Long.getLong("build.conformance.seed", ThreadLocalRandom.current().nextInt(1_000_000_000));
    private static final long WINDOWS = Long.getLong("build.conformance.windows", 300);

    /** One window in so many has returns as well. */
    private static final long WITH_RETURNS = 10;

    @Container
    @Probed
    static final TruthContainer target = new TruthContainer();

    @Container
    static final TruthContainer sibling = new TruthContainer();

    private static long complete;
    private static long incomplete;

    @BeforeAll
    static void siblingFires() {
        sibling.truth().startBackground("mixed", 300);
    }

    /** Some windows must have been small enough to be told whole, and others not, or too little was tried. */
    @AfterAll
    static void bothKindsOfWindowsWereSeen() {
        assertThat(sibling.truth().stopBackground()).isPositive();
        System.out.printf(
                "StormTest: seeds from %d: %d windows told whole, %d with details dropped%n",
                FIRST_SEED, complete, incomplete);
        assertThat(complete).isPositive();
    }

    @BeforeEach
    void fireBeforeTheWindow() {
        target.truth().call("mixed", 2);
    }

    static LongStream seeds() {
        return seeds(0, WINDOWS - WINDOWS / WITH_RETURNS);
    }

    static LongStream seedsWithReturns() {
        return seeds(WINDOWS - WINDOWS / WITH_RETURNS, WINDOWS);
    }

    private static LongStream seeds(long from, long to) {
        return LongStream.range(FIRST_SEED + from, FIRST_SEED + to);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void what_is_recorded_is_what_was_done(long seed, Recording recording) {
        compare(storm(seed), recording, Returns.NOT_PROBED);
    }

    /** Returns are armed anew for each window, which takes SystemTap a while: so these windows are fewer. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seedsWithReturns")
    @ProbeFunction(value = "beta", onReturn = true, capture = "return:s32")
    @ProbeFunction(value = "deep", onReturn = true, capture = "return:s64")
    void so_are_returns(long seed, Recording recording) {
        Comparison compared = storm(seed);

        compare(compared, recording, Returns.PROBED);

        compared.selected("beta", recording.functionReturn("beta").where("return == -4"), v -> v == 2);
    }

    private enum Returns {
        PROBED,
        NOT_PROBED
    }

    private static Comparison storm(long seed) {
        Answer done = target.truth().storm(seed, seed % 8 == 0 ? 120 : 4 + seed % 12);
        return new Comparison(done, target.truth().log());
    }

    private static void compare(Comparison compared, Recording recording, Returns returns) {
        long unknown = 0;
        unknown += compared.of("alpha", recording.function("alpha"), v -> Map.of("arg1", v));
        unknown += compared.of("beta", recording.function("beta"), v -> Map.of("arg1", v));
        if (returns == Returns.PROBED) {
            unknown += compared.of("beta", recording.functionReturn("beta"), v -> Map.of("return", -2 * v));
            unknown += compared.of("deep", recording.functionReturn("deep"), v -> Map.of("return", v));
        }
        unknown += compared.of("gamma", recording.mark("gamma"), v -> Map.of("arg1", v, "arg2", "storm " + v));
        unknown += compared.of(
                "delta", recording.mark("delta"), v -> Map.of("arg1", (long) (short) (long) v, "arg2", v & 0xff));
        unknown += compared.of("words", recording.mark("words"), v -> Map.of("arg1", "storm " + v));
        unknown += compared.of("bare", recording.mark("bare"), v -> Map.of());
        unknown += compared.of("guarded", recording.mark("guarded"), v -> Map.of("arg1", v));
        assertThat(recording.loss().interruptions()).isEmpty();
        assertThat(recording.loss().details()).isEqualTo(unknown);

        compared.selected("alpha", recording.function("alpha").where("arg1 > 2"), v -> v > 2);
        compared.selected(
                "words", recording.mark("words").where("arg1 =~ storm 1"), v -> ("storm " + v).contains("storm 1"));
        if (unknown == 0) {
            complete++;
        } else {
            incomplete++;
        }
    }

    /** What was done in one window. */
    private record Comparison(Answer done, Map<String, List<Long>> log) {

        /** Demands the exact count, and no detail that was not logged; how many details are missing. */
        long of(String name, Firings firings, Function<Long, Map<String, Object>> captures) {
            List<Long> logged = log.getOrDefault(name, List.of());
            assertThat(done.count(name)).as("%s: the truth itself", name).isEqualTo(logged.size());
            assertThat(firings.count()).as(firings.toString()).isEqualTo(logged.size());

            Map<Map<String, Object>, Long> expected =
                    frequencies(logged.stream().map(captures));
            List<Firing> list = firings.list();
            Map<Map<String, Object>, Long> seen = frequencies(list.stream().map(Firing::captures));
            if (list.size() == logged.size()) {
                assertThat(seen).as(firings.toString()).isEqualTo(expected);
            } else {
                assertThat(seen)
                        .as(firings.toString())
                        .allSatisfy((values, times) ->
                                assertThat(times).isLessThanOrEqualTo(expected.getOrDefault(values, 0L)));
            }
            return logged.size() - list.size();
        }

        /** Demands the exact count of those that satisfy a condition, or that it is said to be unknown, with reason. */
        void selected(String name, Firings firings, LongPredicate condition) {
            List<Long> logged = log.getOrDefault(name, List.of());
            try {
                assertThat(firings.count())
                        .as(firings.toString())
                        .isEqualTo(logged.stream().filter(condition::test).count());
            } catch (ProbeException unknown) {
                assertThat(unknown).hasMessageContaining("dropped");
                assertThat(firings.list().size()).isLessThan(logged.size());
            }
        }

        private static <T> Map<T, Long> frequencies(Stream<T> values) {
            return values.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        }
    }
}
