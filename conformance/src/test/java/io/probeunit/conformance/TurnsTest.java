package io.probeunit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.Subjects;
import io.probeunit.conformance.truth.Truth;
import io.probeunit.conformance.truth.TruthContainer;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** Where JUnit runs tests in parallel, those that watch one container take turns: none sees the firings of another. */
@Testcontainers
@Timeout(120)
class TurnsTest {

    private static final Map<String, String> PARALLEL = Map.of(
            "junit.jupiter.execution.parallel.enabled", "true",
            "junit.jupiter.execution.parallel.mode.default", "concurrent",
            "junit.jupiter.execution.parallel.config.strategy", "fixed",
            "junit.jupiter.execution.parallel.config.fixed.parallelism", "6");

    @Container
    static final TruthContainer container = new TruthContainer();

    @Test
    void inOneClass() {
        assertThat(Subjects.run(PARALLEL, Sevens.class).allPassed().all()).hasSize(15);
    }

    @Test
    void inSeveralClassesThroughDifferentFields() {
        assertThat(Subjects.run(PARALLEL, Sevens.class, Elevens.class)
                        .allPassed()
                        .all())
                .hasSize(30);
    }

    static class Sevens {
        @Probed
        static final TruthContainer seven = container;

        @RepeatedTest(15)
        @ExpectFunction(value = "alpha", times = 7)
        @ExpectFunction(value = "beta", times = 0)
        void sevenTimes() {
            callsInPieces("alpha", 7);
        }
    }

    static class Elevens {
        @Probed
        static final TruthContainer eleven = container;

        @RepeatedTest(15)
        @ExpectFunction(value = "beta", times = 11)
        @ExpectFunction(value = "alpha", times = 0)
        void elevenTimes() {
            callsInPieces("beta", 11);
        }
    }

    private static void callsInPieces(String name, int times) {
        try (Truth truth = container.connect()) {
            for (int i = 0; i < times; i++) {
                truth.call(name, 1);
            }
        }
    }
}
