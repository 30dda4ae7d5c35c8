package io.probeunit.conformance;

import static io.probeunit.assertj.ProbeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.Recording;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.ProbeMark;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.Subjects;
import io.probeunit.conformance.truth.TruthContainer;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.containers.Container.ExecResult;

/**
 * A binary is replaced or deleted while it runs. The file that runs is the one that is meant; at its path there is
 * another, whose {@code alpha} is called {@code omega}, or none.
 */
@Tag("slow-with-perf")
@Timeout(120)
class ReplacedFilesTest {

    abstract static class WhileItRuns {

        @Probed
        final TruthContainer container = TruthContainer.started();

        @BeforeEach
        void change() throws Exception {
            // the program has answered, so it runs
            sh(container, command());
        }

        @AfterEach
        void stop() {
            container.stop();
        }

        abstract String command();

        @Test
        @ProbeFunction("alpha")
        @ProbeMark(value = "gamma", capture = "arg1")
        void as_the_main_executable(Recording recording) {
            compare(recording);
        }

        @Test
        @ProbeFunction(value = "alpha", binary = TruthContainer.PIE)
        @ProbeMark(value = "gamma", binary = TruthContainer.PIE)
        void by_its_path(Recording recording) {
            compare(recording);
        }

        @Test
        @ProbeFunction(value = "alpha", binary = "truth")
        @ProbeMark(value = "gamma", binary = "truth")
        void by_its_name(Recording recording) {
            compare(recording);
        }

        private void compare(Recording recording) {
            assertThat(recording).function("alpha").firedTimes(container.truth().call("alpha", 7));
            assertThat(recording).mark("gamma").firedTimes(container.truth().call("gamma", 5));
        }
    }

    @Nested
    class Replaced extends WhileItRuns {
        @Override
        String command() {
            return "cp %s /new && mv /new %s".formatted(TruthContainer.ELSEWHERE, TruthContainer.PIE);
        }
    }

    @Nested
    class Deleted extends WhileItRuns {
        @Override
        String command() {
            return "rm " + TruthContainer.PIE;
        }
    }

    @Test
    void where_processes_run_both_it_cannot_be_told_which_is_meant() {
        Subjects.run(BothRun.class)
                .failure("byPath")
                .contains(TruthContainer.PIE, "was replaced while it runs", "both an old and a newer file", "Restart");
        Subjects.run(BothRun.class).failure("byName").contains("'truth' is ambiguous", "deleted or replaced");
    }

    static class BothRun {
        @Probed
        final TruthContainer container = TruthContainer.started();

        @BeforeEach
        void change() throws Exception {
            sh(container, """
                    cp /usr/bin/sleep /new && mv /new %1$s && (setsid %1$s 600 >/dev/null 2>&1 &)
                    until readlink /proc/[0-9]*/exe | grep -qx %1$s; do sleep 0.02; done
                    """.formatted(TruthContainer.PIE));
        }

        @AfterEach
        void stop() {
            container.stop();
        }

        @Test
        @ExpectFunction(value = "alpha", times = 0, binary = TruthContainer.PIE)
        void byPath() {}

        @Test
        @ExpectFunction(value = "alpha", times = 0, binary = "truth")
        void byName() {}
    }

    private static void sh(TruthContainer container, String command) throws IOException, InterruptedException {
        ExecResult result = container.execInContainer("sh", "-c", command);
        assertThat(result.getExitCode()).as("%s", result).isZero();
    }
}
