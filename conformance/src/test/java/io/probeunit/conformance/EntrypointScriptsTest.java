package io.probeunit.conformance;

import static io.probeunit.assertj.ProbeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.Recording;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.Outcomes;
import io.probeunit.conformance.kit.Subjects;
import io.probeunit.conformance.truth.Truth;
import io.probeunit.conformance.truth.TruthContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.containers.wait.strategy.Wait;

/** No binary is named, and what the container's main process runs is a shell, for a while or for good. */
@Timeout(120)
class EntrypointScriptsTest {

    /** The shell becomes the program when it is told to. */
    private static TruthContainer execsLater() {
        return new TruthContainer()
                .withCommand("bash", "-c", "until [ -e /go ]; do sleep 0.02; done; exec " + TruthContainer.PIE)
                .waitingFor(Wait.forSuccessfulCommand("true"));
    }

    @Test
    void the_program_is_found_when_it_runs_and_never_the_shell_in_its_place() {
        Outcomes outcomes = Subjects.run(ExecsLater.class);

        outcomes.failure("before")
                .contains("alpha", "/usr/bin/bash", "No binary is named", "exec later", "wait strategy");
        outcomes.failure("meanwhile").contains("inconclusive", "no longer runs /usr/bin/bash", "by exec");
        outcomes.passed("afterwards");
    }

    @Test
    void of_a_shell_that_stays_the_program_is_named_in_the_error() {
        Outcomes outcomes = Subjects.run(Stays.class);

        outcomes.failure("main")
                .contains(
                        "alpha",
                        "/usr/bin/bash",
                        "Another program of the container has it: binary = \"%s\"".formatted(TruthContainer.PIE));
        outcomes.passed("named");
    }

    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class ExecsLater {
        @Probed
        static final TruthContainer container = execsLater();

        @BeforeAll
        static void start() {
            container.start();
        }

        @AfterAll
        static void stop() {
            container.stop();
        }

        @Test
        @Order(1)
        @ExpectFunction(value = "alpha", times = 0)
        void before() {}

        @Test
        @Order(2)
        @ExpectFunction(value = "execute_command", atMost = 1_000_000)
        void meanwhile() throws Exception {
            container.execInContainer("touch", "/go");
            try (Truth truth = container.connectAgain()) {
                assertThat(truth.call("alpha", 2)).isEqualTo(2);
            }
        }

        @Test
        @Order(3)
        @ProbeFunction("alpha")
        void afterwards(Recording recording) {
            try (Truth truth = container.connectAgain()) {
                assertThat(recording).function("alpha").firedTimes(truth.call("alpha", 3));
            }
        }
    }

    static class Stays {
        @Probed
        static final TruthContainer container =
                new TruthContainer().withCommand("bash", "-c", TruthContainer.PIE + "; true");

        @BeforeAll
        static void start() {
            container.start();
        }

        @AfterAll
        static void stop() {
            container.stop();
        }

        @Test
        @ExpectFunction(value = "alpha", times = 0)
        void main() {}

        @Test
        @ExpectFunction(value = "alpha", times = 4, binary = "truth")
        void named() {
            container.truth().call("alpha", 4);
        }
    }
}
