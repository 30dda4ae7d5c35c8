package io.probeunit.conformance;

import static io.probeunit.assertj.ProbeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.Recording;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.EngineUnderTest;
import io.probeunit.conformance.kit.OnlyEngine;
import io.probeunit.conformance.kit.Sidecars;
import io.probeunit.conformance.kit.Subjects;
import io.probeunit.conformance.truth.TruthContainer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** What happens when nobody empties the rings of perf: the tool is stopped while the container goes on. */
@Tag("host")
@OnlyEngine("perf")
@Testcontainers
@Timeout(120)
class OverflowTest {

    /** The rings of both CPUs together hold some 35,000. */
    private static final long MANY = 100_000;

    @Container
    static final TruthContainer container = new TruthContainer();

    @Test
    @ProbeFunction(value = "alpha", capture = "arg1:s64")
    @ProbeFunction("beta")
    void the_count_is_exact_and_the_loss_is_known(Recording recording) {
        whilePerfSleeps(() -> {
            container.truth().call("alpha", MANY);
            container.truth().call("beta", 5);
        });

        assertThat(recording).function("alpha").firedTimes(MANY);
        assertThat(recording).function("beta").firedTimes(5);
        assertThat(recording.function("alpha").list()).isNotEmpty().hasSizeLessThan((int) MANY);
        assertThat(recording.loss().details())
                .isEqualTo(MANY
                        + 5
                        - recording.function("alpha").list().size()
                        - recording.function("beta").list().size());
        container.truth().call("alpha", 3);
        assertThat(recording).function("alpha").firedTimes(MANY + 3);
    }

    @Test
    @ProbeFunction("alpha")
    void the_count_is_exact_while_it_goes_on(Recording recording) {
        whilePerfSleeps(() -> container.truth().spread("alpha", 2, 2, MANY));
        container.truth().startBackground("alpha", 200);
        long atLeast = 0;
        for (int i = 0; i < 20; i++) {
            long before = 4 * MANY + container.truth().readBackground();
            long seen = recording.function("alpha").count();
            assertThat(seen)
                    .isBetween(
                            Math.max(atLeast, before),
                            4 * MANY + container.truth().readBackground() + 1);
            atLeast = seen;
        }
        long all = 4 * MANY + container.truth().stopBackground();

        assertThat(recording).function("alpha").firedTimes(all);
        assertThat(recording.loss().interruptions()).isEmpty();
    }

    @Test
    void a_condition_is_inconclusive() {
        Subjects.run(Selecting.class).failure("selects").contains("doubts:", "dropped");
    }

    static class Selecting {
        @Probed
        static final TruthContainer container = OverflowTest.container;

        @Test
        @ExpectFunction(value = "alpha", times = 1, where = "arg1:s64 == 99999")
        void selects() {
            whilePerfSleeps(() -> container.truth().call("alpha", MANY));
        }
    }

    private static void whilePerfSleeps(Runnable task) {
        signalRecorder("STOP");
        try {
            task.run();
        } finally {
            signalRecorder("CONT");
        }
    }

    private static void signalRecorder(String signal) {
        if (EngineUnderTest.host().equals("sidecar")) {
            Sidecars.ofThisJvm().signal(signal, "perf", "record");
            return;
        }
        List<ProcessHandle> recorders = ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains(" record "))
                .toList();
        assertThat(recorders).isNotEmpty();
        recorders.forEach(process -> send("-" + signal, process));
    }

    private static void send(String signal, ProcessHandle process) {
        try {
            assertThat(new ProcessBuilder("kill", signal, String.valueOf(process.pid()))
                            .start()
                            .waitFor())
                    .isZero();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
