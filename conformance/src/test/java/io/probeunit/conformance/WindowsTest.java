package io.probeunit.conformance;

import static io.probeunit.assertj.ProbeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.Recording;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.ProbeMark;
import io.probeunit.conformance.truth.Truth;
import io.probeunit.conformance.truth.TruthContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** A window holds what fired from the beginning of the test method to its return: not one firing more or less. */
@Tag("host")
@Tag("remote")
@Testcontainers
@Timeout(60)
class WindowsTest {

    private static final int WINDOWS = 500;

    @Container
    static final TruthContainer container = new TruthContainer();

    private final Truth truth = container.truth();

    /** Fires right before and right after each window; the last firing inside is the last thing that the test does. */
    @Nested
    @ProbeFunction(value = "alpha", capture = "arg1:s64")
    @ProbeMark("truth:gamma")
    class InARow {

        private static int right;

        private long inside;

        @BeforeEach
        void fireJustBefore() {
            truth.call("alpha", 3);
            truth.call("gamma", 1);
        }

        @RepeatedTest(WINDOWS)
        void fire_inside(RepetitionInfo repetition) {
            inside = repetition.getCurrentRepetition() % 5;
            truth.call("gamma", 2);
            truth.call("alpha", inside);
        }

        @AfterEach
        void fireJustAfterAndCompare(Recording recording) {
            truth.call("alpha", 4);
            truth.call("gamma", 1);

            assertThat(recording).function("alpha").firedTimes(inside);
            assertThat(recording.function("alpha").list()).hasSize((int) inside);
            assertThat(recording).mark("truth:gamma").firedTimes(2);
            right++;
        }

        @AfterAll
        static void noneWasWrong() {
            assertThat(right).isEqualTo(WINDOWS);
        }
    }

    /** Something fires all the time: the window's count lies between what fired surely inside and what fired around. */
    @Nested
    @ProbeFunction("beta")
    class WhileSomethingFiresAllTheTime {

        private long before;
        private long first;
        private long last;

        @BeforeEach
        void start() {
            truth.startBackground("beta", 0);
            before = truth.readBackground();
        }

        @RepeatedTest(50)
        void reads() {
            first = truth.readBackground();
            truth.ping();
            last = truth.readBackground();
        }

        @AfterEach
        void stopAndCompare(Recording recording) {
            long after = truth.stopBackground();
            // a firing is counted by the engine at its entry, and by the program when it is over
            long least = last - first - 1;
            long most = after - before + 1;

            assertThat(recording.function("beta").count()).isBetween(least, most);
        }
    }

    @Nested
    class ALiveRecording {

        @BeforeEach
        void isEmptyBefore(Recording recording) {
            truth.call("alpha", 5);
            assertThat(recording.firings().count()).isZero();
        }

        @Test
        @ProbeFunction(value = "alpha", capture = "arg1:s64")
        void answers_as_of_the_moment_it_is_asked(Recording recording) {
            assertThat(recording).function("alpha").neverFired();
            for (int i = 1; i <= 200; i++) {
                truth.call("alpha", 1);
                assertThat(recording).function("alpha").firedTimes(i);
            }
            assertThat(recording.function("alpha").list()).hasSize(200);
        }

        @AfterEach
        void isFrozenAfterwards(Recording recording) {
            truth.call("alpha", 5);
            assertThat(recording).function("alpha").firedTimes(200);
        }
    }
}
