package io.probeunit.conformance;

import static io.probeunit.assertj.ProbeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.ProbeException;
import io.probeunit.Recording;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.EngineUnderTest;
import io.probeunit.conformance.kit.OnlyEngine;
import io.probeunit.conformance.kit.Outcomes;
import io.probeunit.conformance.kit.Subjects;
import io.probeunit.conformance.truth.Truth;
import io.probeunit.conformance.truth.TruthContainer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** At rates where the details of single firings are dropped, nothing may be wrong: counts are exact, the rest is unknown. */
@Testcontainers
@Timeout(120)
class DroppedDetailsTest {

    /** More in a burst than any engine keeps the details of. */
    private static final long MANY = 500_000;

    @Container
    static final TruthContainer container = new TruthContainer();

    @Test
    @Tag("host")
    @ProbeFunction(value = "alpha", capture = "arg1:s64")
    void the_count_is_exact_and_the_loss_is_known(Recording recording) {
        long ran = container.truth().call("alpha", MANY);

        assertThat(recording).function("alpha").firedTimes(ran);
        long detailed = recording.function("alpha").list().size();
        assertThat(detailed).isBetween(1L, ran - 1);
        assertThat(recording.loss().details()).isEqualTo(ran - detailed);
        assertThat(recording.loss().interruptions()).isEmpty();
    }

    @Test
    @Tag("host")
    @ProbeFunction(value = "alpha", capture = "arg1:s64")
    void a_filtered_count_is_right_or_refused(Recording recording) {
        container.truth().call("alpha", MANY);

        try {
            assertThat(recording.function("alpha").where("arg1 >= 250000").count())
                    .isEqualTo(250_000);
        } catch (ProbeException refused) {
            assertThat(refused).hasMessageContaining("dropped");
        }
    }

    /** perf reads the rings of the CPUs in their order, so the first firing comes behind those of the burst. */
    @Test
    @Tag("host")
    @ProbeFunction(value = "alpha", capture = "arg1:s64")
    void the_first_firing_has_its_details_on_whichever_cpu_it_was(Recording recording) throws Exception {
        String cpus = container
                .execInContainer("grep", "Cpus_allowed_list", "/proc/self/status")
                .getStdout()
                .strip();
        long first = callOn(cpus.replaceFirst(".*\\D", ""), 1);

        long burst = callOn(cpus.replaceFirst("\\D+(\\d+).*", "$1"), MANY);

        assertThat(recording).function("alpha").firedTimes(first + burst);
        assertThat(recording.loss().details()).isPositive();
        assertThat(recording.function("alpha").list())
                .extracting(firing -> firing.captures().get("arg1"))
                .startsWith(0L, 0L);
    }

    private static long callOn(String cpu, long times) {
        return container
                .exec("taskset -c %s %s".formatted(cpu, TruthContainer.PIE), "call alpha " + times)
                .count("alpha");
    }

    /** The condition is that of an annotation, so the engine knew it while the firings came. */
    @Test
    @Tag("host")
    @OnlyEngine({"stap", "uprobe"})
    @ExpectFunction(value = "alpha", times = MANY / 2, where = "arg1:s64 >= 250000")
    @ExpectFunction(
            value = "alpha",
            times = 1,
            where = {"arg1:s64 > 250000", "arg1:s64 < 250002"})
    void a_filtered_count_that_an_annotation_asks_for_is_exact(Recording recording) {
        container.truth().call("alpha", MANY);

        assertThat(recording.loss().details()).isPositive();
        assertThat(recording.function("alpha").where("arg1:s64 >= 250000").count())
                .isEqualTo(MANY / 2);
    }

    @Test
    void a_condition_is_inconclusive_and_never_wrong() {
        Outcomes outcomes = Subjects.run(Conditions.class);

        outcomes.passed("atLeastOneIsMetByTheFirstWhateverWasLost", "theCountWithoutAConditionIsExact");
        isRightOrInconclusive(outcomes, "exactlyHalf");
        isRightOrInconclusive(outcomes, "neverBeyondTheLast");
        outcomes.failure("notAsManyAsThereWere");
        outcomes.failure("neverTheFirst").doesNotContain("doubts:");
    }

    /** The built-in engine and SystemTap judge integers where they are; perf knows nothing of a firing without its details. */
    private static void isRightOrInconclusive(Outcomes outcomes, String test) {
        if (!EngineUnderTest.name().equals("perf")) {
            outcomes.passed(test);
        } else if (outcomes.of(test).status() != Outcomes.Status.PASSED) {
            outcomes.failure(test).contains("doubts:", "dropped");
        }
    }

    static class Conditions {
        @Probed
        static final TruthContainer container = DroppedDetailsTest.container;

        private final Truth truth = container.truth();

        @Test
        @ExpectFunction(value = "alpha", where = "arg1:s64 == 0")
        void atLeastOneIsMetByTheFirstWhateverWasLost() {
            truth.call("alpha", MANY);
        }

        @Test
        @ExpectFunction(value = "alpha", times = MANY)
        @ProbeFunction(value = "alpha", capture = "arg1:s64")
        void theCountWithoutAConditionIsExact() {
            truth.call("alpha", MANY);
        }

        @Test
        @ExpectFunction(value = "alpha", times = MANY / 2, where = "arg1:s64 >= 250000")
        void exactlyHalf() {
            truth.call("alpha", MANY);
        }

        @Test
        @ExpectFunction(value = "alpha", times = 0, where = "arg1:s64 >= 500000")
        void neverBeyondTheLast() {
            truth.call("alpha", MANY);
        }

        @Test
        @ExpectFunction(value = "alpha", times = 3, where = "arg1:s64 >= 250000")
        void notAsManyAsThereWere() {
            truth.call("alpha", MANY);
        }

        @Test
        @ExpectFunction(value = "alpha", times = 0, where = "arg1:s64 == 0")
        void neverTheFirst() {
            truth.call("alpha", MANY);
        }
    }
}
