package io.probeunit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.Recording;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.Subjects;
import io.probeunit.conformance.truth.Truth;
import io.probeunit.conformance.truth.TruthContainer;
import io.probeunit.junit.ProbeExtension;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** Where JUnit runs tests in parallel, those that watch one container take turns: none sees the firings of another. */
@Tag("slow-with-perf")
@Testcontainers
@Timeout(120)
class TurnsTest {

    private static final Map<String, String> PARALLEL = Map.of(
            "junit.jupiter.execution.parallel.enabled", "true",
            "junit.jupiter.execution.parallel.mode.default", "concurrent",
            "junit.jupiter.execution.parallel.config.strategy", "fixed",
            "junit.jupiter.execution.parallel.config.fixed.parallelism", "8");

    @Container
    static final TruthContainer container = new TruthContainer();

    @Container
    static final TruthContainer other = new TruthContainer();

    @Test
    void in_one_class() {
        Subjects.run(PARALLEL, Sevens.class).assertSucceeded(15);
    }

    @Test
    void in_several_classes_through_different_fields() {
        Subjects.run(PARALLEL, Sevens.class, Elevens.class).assertSucceeded(30);
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

    /** Two containers, reached through static fields, fields of instances, and targets given in code. */
    @Test
    void two_hundred_tests_on_eight_threads() {
        Subjects.run(
                        PARALLEL,
                        InAStaticField.class,
                        InAnotherStaticField.class,
                        InInstances.class,
                        InCode.class,
                        Both.class)
                .assertSucceeded(200);
    }

    @Test
    void different_containers_are_watched_at_the_same_time() {
        Subjects.run(PARALLEL, MeetsHere.class, MeetsThere.class).assertSucceeded(2);
    }

    abstract static class Counting {
        @RepeatedTest(40)
        @ProbeFunction(value = "alpha", container = "container")
        @ExpectFunction(value = "beta", container = "container", times = 2)
        void counts(RepetitionInfo repetition, Recording recording) {
            long times = repetition.getCurrentRepetition() % 7;
            callsInPieces(watched(), "beta", 1);
            callsInPieces(watched(), "alpha", times);
            callsInPieces(watched(), "beta", 1);
            assertThat(recording.function("alpha").count()).isEqualTo(times);
        }

        abstract TruthContainer watched();
    }

    static class InAStaticField extends Counting {
        @Probed
        static final TruthContainer container = TurnsTest.container;

        @Override
        TruthContainer watched() {
            return container;
        }
    }

    static class InAnotherStaticField extends Counting {
        @Probed(name = "container")
        static final TruthContainer another = TurnsTest.container;

        @Override
        TruthContainer watched() {
            return another;
        }
    }

    static class InInstances extends Counting {
        @Probed
        final TruthContainer container = TurnsTest.other;

        @Override
        TruthContainer watched() {
            return container;
        }
    }

    static class InCode extends Counting {
        @RegisterExtension
        static final ProbeExtension probes =
                ProbeExtension.builder().target("container", () -> other).build();

        @Override
        TruthContainer watched() {
            return other;
        }
    }

    static class Both {
        @Probed
        static final TruthContainer second = other;

        @Probed
        static final TruthContainer first = TurnsTest.container;

        @RepeatedTest(40)
        @ExpectFunction(value = "alpha", container = "first", times = 1)
        @ExpectFunction(value = "alpha", container = "second", times = 2)
        @ExpectFunction(value = "beta", container = "first", times = 0)
        @ExpectFunction(value = "beta", container = "second", times = 0)
        void countsBoth() {
            callsInPieces(second, "alpha", 2);
            callsInPieces(first, "alpha", 1);
        }
    }

    private static final CyclicBarrier MEETING = new CyclicBarrier(2);

    static class MeetsHere {
        @Probed
        static final TruthContainer here = TurnsTest.container;

        @Test
        @ExpectFunction(value = "alpha", times = 1)
        void meets() throws Exception {
            meet(here);
        }
    }

    static class MeetsThere {
        @Probed
        static final TruthContainer there = other;

        @Test
        @ExpectFunction(value = "alpha", times = 1)
        void meets() throws Exception {
            meet(there);
        }
    }

    private static void meet(TruthContainer watched) throws Exception {
        MEETING.await(60, TimeUnit.SECONDS);
        callsInPieces(watched, "alpha", 1);
        MEETING.await(60, TimeUnit.SECONDS);
    }

    private static void callsInPieces(String name, int times) {
        callsInPieces(container, name, times);
    }

    private static void callsInPieces(TruthContainer container, String name, long times) {
        try (Truth truth = container.connect()) {
            for (int i = 0; i < times; i++) {
                truth.call(name, 1);
            }
        }
    }
}
