package io.probeunit.conformance;

import static io.probeunit.assertj.ProbeAssertions.assertThat;

import io.probeunit.Recording;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.Outcomes;
import io.probeunit.conformance.kit.Subjects;
import io.probeunit.conformance.truth.Truth;
import io.probeunit.conformance.truth.TruthContainer;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** A container that is made anew is armed anew; one that restarts while it is watched makes the verdict inconclusive. */
@Timeout(120)
class NewContainersTest {

    @Nested
    @Testcontainers
    class OneForEachTest {

        @Container
        @Probed
        final TruthContainer container = new TruthContainer();

        @RepeatedTest(3)
        @ProbeFunction("alpha")
        void is_armed(Recording recording) {
            assertThat(recording).function("alpha").firedTimes(container.truth().call("alpha", 5));
        }
    }

    @Test
    void a_restart_makes_the_verdict_inconclusive() {
        Outcomes outcomes = Subjects.run(Restarting.class);

        outcomes.passed("first", "third");
        outcomes.failure("secondRestarts").contains("doubts:", "started again");
        outcomes.failure("fourthStops");
        outcomes.failure("fifthFindsNothing").contains("container", "run");
    }

    @Testcontainers
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class Restarting {
        @Container
        @Probed
        static final TruthContainer container = new TruthContainer();

        @Test
        @Order(1)
        @ExpectFunction(value = "alpha", times = 3)
        void first() {
            calls(3);
        }

        @Test
        @Order(2)
        @ExpectFunction(value = "alpha", times = 2)
        void secondRestarts() {
            calls(1);
            container
                    .getDockerClient()
                    .restartContainerCmd(container.getContainerId())
                    .withTimeout(1)
                    .exec();
            calls(1);
        }

        @Test
        @Order(3)
        @ExpectFunction(value = "alpha", times = 4)
        void third() {
            calls(4);
        }

        @Test
        @Order(4)
        @ExpectFunction(value = "alpha", times = 2)
        void fourthStops() {
            calls(1);
            container.stop();
        }

        @Test
        @Order(5)
        @ExpectFunction(value = "alpha", times = 0)
        void fifthFindsNothing() {}

        private static void calls(long times) {
            try (Truth truth = container.connectAgain()) {
                truth.call("alpha", times);
            }
        }
    }
}
