package io.probeunit.conformance;

import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.Leftovers;
import io.probeunit.conformance.kit.Subjects;
import io.probeunit.conformance.truth.TruthContainer;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** A test that takes too long tells what it saw, and leaves nothing to the next: neither firings nor probes. */
@Tag("slow-with-perf")
@Testcontainers
@Timeout(120)
class TimeLimitsTest {

    @Container
    static final TruthContainer container = new TruthContainer();

    private final Leftovers before = Leftovers.before();

    @ParameterizedTest
    @EnumSource(
            value = Timeout.ThreadMode.class,
            names = {"SAME_THREAD", "SEPARATE_THREAD"})
    void the_window_is_closed_and_the_next_counts_are_exact(Timeout.ThreadMode mode) {
        Subjects.run(Map.of("junit.jupiter.execution.timeout.thread.mode.default", mode.name()), Slow.class)
                .onlyFailure("aTooSlow")
                .contains(
                        "TimeoutException",
                        "aTooSlow() timed out after 5 seconds",
                        "exactly 2 times",
                        "alpha  3 times");

        before.of(ProcessHandle.current().pid()).awaitNone();
    }

    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class Slow {
        @Probed
        static final TruthContainer watched = container;

        @Test
        @Timeout(5)
        @ExpectFunction(value = "alpha", times = 2)
        void aTooSlow() throws InterruptedException {
            watched.truth().call("alpha", 3);
            new CountDownLatch(1).await();
        }

        @Test
        @Timeout(value = 60, unit = TimeUnit.SECONDS)
        @ExpectFunction(value = "alpha", times = 5)
        void bNext() {
            watched.truth().call("alpha", 5);
        }
    }
}
