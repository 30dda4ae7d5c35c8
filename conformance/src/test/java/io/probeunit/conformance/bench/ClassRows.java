package io.probeunit.conformance.bench;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.truth.TruthContainer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** What a class of many tests takes longer with probes than without. */
final class ClassRows {

    private static final int TESTS = 1_000;

    private final Bench bench;

    ClassRows(Bench bench) {
        this.bench = bench;
    }

    static class Plain {
        @RepeatedTest(TESTS)
        void test() {}
    }

    @ProbeFunction("many_00?")
    static class WithProbes {
        @Probed
        static final TruthContainer container = Benchmarks.container();

        @RepeatedTest(TESTS)
        void test() {}
    }

    Figure tests(String engine, double goal) throws Exception {
        seconds(WithProbes.class, engine);
        Figure both = Figure.paired(
                "%d tests in one class, 10 points, %s engine".formatted(TESTS, engine),
                "s",
                () -> seconds(WithProbes.class, engine),
                "without ProbeUnit",
                () -> seconds(Plain.class, engine),
                Goal.value(goal),
                bench.rounds());
        return new Figure(
                        both.name() + ", more than without",
                        both.unit(),
                        both.ours() - both.raw(),
                        both.tool(),
                        both.raw(),
                        Double.NaN,
                        both.goal(),
                        both.rounds(),
                        both.notes())
                .with("%s s in all, arming and taking the probes away included".formatted(Numbers.text(both.ours())));
    }

    private static double seconds(Class<?> tests, String engine) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(tests))
                .configurationParameter("probeunit.engine", engine)
                .build();
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        long start = System.nanoTime();
        LauncherFactory.create().execute(request, summary);
        double seconds = (System.nanoTime() - start) / 1e9;
        if (summary.getSummary().getTestsSucceededCount() != TESTS) {
            throw new IllegalStateException("Not all tests passed: "
                    + summary.getSummary().getFailures().stream()
                            .map(failure -> failure.getException().toString())
                            .findFirst());
        }
        return seconds;
    }
}
