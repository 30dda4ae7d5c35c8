package io.probeunit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.annotations.ExpectSampled;
import io.probeunit.annotations.ProbeSettings;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.AttachedTruth;
import io.probeunit.conformance.kit.ChildJvm;
import io.probeunit.conformance.kit.Outcomes;
import io.probeunit.conformance.kit.Subjects;
import io.probeunit.conformance.truth.TruthContainer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** Samples of a container that computes in one function, or not at all; what it did, it says itself. */
@Testcontainers
@Timeout(300)
@Tag("once")
class SampledTest {

    /** A second of a CPU or more, of which the function has the larger part: it counts by atomic instructions. */
    private static final long MUCH = 100_000_000;

    @Container
    static final TruthContainer container = new TruthContainer();

    /** Of the same image, and busy with something else. */
    @Container
    static final TruthContainer neighbour = new TruthContainer();

    @Test
    void what_computes_is_found_and_what_is_idle_is_not() {
        Outcomes outcomes = Subjects.run(Busy.class);

        outcomes.passed("theBusyFunction", "anyOfAGlob", "inSeveralProcesses");
        outcomes.failure("anIdleFunction")
                .contains(
                        "1 of 1 @ExpectSampled was not met (by samples, which are statistical",
                        "expected:  function beta in at least 50 % of the samples",
                        "on top:    alpha (/opt/truth/bin/truth) ")
                .containsPattern("actual: +in 0 of \\d{3,} samples, 0\\.0 % \\(± 0\\.0\\)");
        outcomes.failure("tooFewSamples").contains("inconclusive: ", "fewer than minSamples = 100", "minSamples.");
        outcomes.failure("aFunctionThatIsNotThere").contains("alfa", "alpha", "/opt/truth/bin/truth");
        assertThat(Busy.ranWithoutFunction).isFalse();
    }

    @Test
    void a_sidecar_finds_the_same() {
        Outcomes outcomes = Subjects.run(BusyFromASidecar.class);

        outcomes.passed("theBusyFunction", "anyOfAGlob", "inSeveralProcesses");
        outcomes.failure("anIdleFunction")
                .contains("on top:    alpha (/opt/truth/bin/truth) ", "from host sidecar")
                .containsPattern("actual: +in 0 of \\d{3,} samples, 0\\.0 % \\(± 0\\.0\\)");
        outcomes.failure("tooFewSamples").contains("inconclusive: ", "fewer than minSamples = 100");
        outcomes.failure("aFunctionThatIsNotThere").contains("alfa", "alpha", "/opt/truth/bin/truth");
    }

    @ProbeSettings(host = ProbeSettings.Host.SIDECAR)
    static class BusyFromASidecar extends Busy {}

    static class Busy {
        static boolean ranWithoutFunction;

        @Probed
        static final TruthContainer container = SampledTest.container;

        @Test
        @ExpectSampled(value = "alpha", atLeastPercent = 50)
        void theBusyFunction() {
            assertThat(container.truth().call("alpha", MUCH)).isEqualTo(MUCH);
        }

        @Test
        @ExpectSampled(value = "alph*", binary = "truth", atLeastPercent = 50)
        void anyOfAGlob() {
            container.truth().call("alpha", MUCH);
        }

        @Test
        @ExpectSampled(value = "alpha", atLeastPercent = 50)
        void inSeveralProcesses() {
            assertThat(container
                            .exec(TruthContainer.PIE, "spread alpha 1 2 " + MUCH / 2)
                            .count("alpha"))
                    .isPositive();
        }

        /** The container beside it, of the same file, computes in the very function that is expected here. */
        @Test
        @ExpectSampled(value = "beta", atLeastPercent = 50)
        void anIdleFunction() {
            neighbour.truth().startBackground("beta", 0);
            try {
                container.truth().call("alpha", MUCH);
            } finally {
                neighbour.truth().stopBackground();
            }
        }

        @Test
        @ExpectSampled(value = "alpha", atLeastPercent = 1)
        void tooFewSamples() {
            container.truth().ping();
        }

        @Test
        @ExpectSampled(value = "alfa", atLeastPercent = 1)
        void aFunctionThatIsNotThere() {
            ranWithoutFunction = true;
        }
    }

    @Test
    void without_perf_it_fails_or_is_skipped_as_set() {
        Outcomes outcomes = ChildJvm.of(WithoutPerf.class)
                .watching(container.getContainerId())
                .withoutProperty("probeunit.unavailable.force")
                .property("build.conformance.host", "local")
                .property("probeunit.perf.command", "/nowhere/perf")
                .run();

        outcomes.failure("fails")
                .contains(
                        "@ExpectSampled needs perf on the host 'local'", "/nowhere/perf", "apt-get install linux-perf");
        outcomes.skip("isSkipped").contains("/nowhere/perf");
    }

    static class WithoutPerf {
        @Probed
        static final AttachedTruth container = new AttachedTruth();

        @Test
        @ExpectSampled(value = "alpha", atLeastPercent = 1)
        void fails() {
            container.truth().ping();
        }

        @Test
        @ExpectSampled(value = "alpha", atLeastPercent = 1)
        @ProbeSettings(unavailable = ProbeSettings.Unavailable.SKIP)
        void isSkipped() {
            container.truth().ping();
        }
    }
}
