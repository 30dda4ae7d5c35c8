package io.probeunit.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.host.FileIdentity;
import io.probeunit.internal.targets.TargetFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EngineSelectionTest {

    private static final PreflightResult PASSED = new PreflightResult.Passed("1.0");
    private static final PreflightResult FAILED =
            new PreflightResult.Failed(List.of(new PreflightResult.Lack("no headers", "install them")));
    private static final ProbePoint F = new ProbePoint.Function(
            "f", false, List.of(), new TargetFile("/f", "/f", new FileIdentity(1, 1)), List.of());

    private static final List<EngineSelection.Wanted> WANTED =
            List.of(new EngineSelection.Wanted("@ProbeFunction(\"f\") on X.test()", "shop", List.of(F)));

    private final Engine first = new Named("first", "");
    private final Engine refusing = new Named("refusing", "too deep");
    private final Engine last = new Named("last", "");

    @Test
    void the_first_that_is_ready_and_refuses_nothing_is_taken() {
        EngineSelection selection = EngineSelection.of(
                List.of(first, refusing, last),
                Map.of(first, FAILED, refusing, PASSED, last, PASSED)::get,
                Map.of(),
                WANTED,
                Demand.UNKNOWN);

        assertThat(selection)
                .isEqualTo(
                        new EngineSelection.Chosen(
                                last,
                                "1.0",
                                List.of(
                                        "first: cannot work here:\n    - no headers\n      install them",
                                        "refusing: cannot serve this test:\n    - @ProbeFunction(\"f\") on X.test(): f: too deep")));
    }

    @Test
    void no_preflight_is_made_for_those_behind_the_one_taken() {
        EngineSelection selection =
                EngineSelection.of(List.of(first, last), Map.of(first, PASSED)::get, Map.of(), WANTED, Demand.UNKNOWN);

        assertThat(selection).isEqualTo(new EngineSelection.Chosen(first, "1.0", List.of()));
    }

    @Test
    void an_engine_to_which_points_cost_something_refuses_a_coverage_of_many() {
        assertThat(coverage(1_000)).isInstanceOf(EngineSelection.Chosen.class);
        assertThat(coverage(1_001))
                .isInstanceOfSatisfying(
                        EngineSelection.None.class,
                        none -> assertThat(none.message())
                                .contains(
                                        "target shop: 1001 points are more than this engine counts for a coverage, at most 1000 (PU1080)",
                                        "(asked for by @ProbeCoverage)")
                                .doesNotContain("@ProbeFunction"));
    }

    /** Beside a point of the test itself, which is in another session. */
    private EngineSelection coverage(int points) {
        List<ProbePoint> many = IntStream.range(0, points)
                .<ProbePoint>mapToObj(i -> new ProbePoint.Function("f" + i, false, List.of(), F.file(), List.of()))
                .toList();
        return EngineSelection.of(
                List.of(first),
                Map.of(first, PASSED)::get,
                Map.of(),
                List.of(WANTED.get(0), new EngineSelection.Wanted("@ProbeCoverage", "shop", many, true)),
                Demand.UNKNOWN);
    }

    @Test
    void if_there_is_none_all_reasons_are_given() {
        EngineSelection selection = EngineSelection.of(
                List.of(first, refusing),
                Map.of(first, FAILED, refusing, PASSED)::get,
                Map.of(),
                WANTED,
                Demand.UNKNOWN);

        assertThat(selection)
                .isInstanceOfSatisfying(
                        EngineSelection.None.class,
                        none -> assertThat(none.message())
                                .startsWith("No engine can arm the probes of this test (PU1001):")
                                .contains("install them", "f: too deep"));
    }

    @Test
    void one_that_serves_the_class_worse_is_taken_where_there_is_no_other() {
        Engine worse = new Weak("worse");
        Engine worst = new Weak("worst");

        assertThat(EngineSelection.of(
                        List.of(worse, refusing, last),
                        Map.of(worse, PASSED, refusing, PASSED, last, PASSED)::get,
                        Map.of(),
                        WANTED,
                        Demand.UNKNOWN))
                .isInstanceOfSatisfying(EngineSelection.Chosen.class, chosen -> {
                    assertThat(chosen.engine()).isEqualTo(last);
                    assertThat(chosen.passedOver())
                            .first()
                            .isEqualTo("worse: another engine serves this class better: it reads little.");
                });
        assertThat(EngineSelection.of(
                        List.of(first, worse, last, worst),
                        Map.of(first, FAILED, worse, PASSED, last, FAILED, worst, PASSED)::get,
                        Map.of(),
                        WANTED,
                        Demand.UNKNOWN))
                .isEqualTo(new EngineSelection.Chosen(
                        worse, "1.0", List.of("first: cannot work here:\n    - no headers\n      install them")));
    }

    private record Weak(String name) implements Engine {
        @Override
        public PreflightResult preflight() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<String> refusal(ProbePoint point) {
            return Optional.empty();
        }

        @Override
        public Optional<String> weakness(Demand demand) {
            return Optional.of("it reads little");
        }

        @Override
        public Session open(SessionRequest request, FiringSink sink) {
            throw new UnsupportedOperationException();
        }
    }

    private record Named(String name, String reason) implements Engine {
        @Override
        public PreflightResult preflight() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<String> refusal(ProbePoint point) {
            return Optional.of(reason).filter(r -> !r.isEmpty());
        }

        @Override
        public Session open(SessionRequest request, FiringSink sink) {
            throw new UnsupportedOperationException();
        }
    }
}
