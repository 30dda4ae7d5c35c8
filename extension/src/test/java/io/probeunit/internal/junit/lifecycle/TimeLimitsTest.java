package io.probeunit.internal.junit.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.Probed;
import io.probeunit.internal.junit.lifecycle.FakeMachine.Fake;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opentest4j.AssertionFailedError;

/** A test that takes too long fails for that, and gives way to the next. */
class TimeLimitsTest {

    private final FakeMachine machine = new FakeMachine();

    @ParameterizedTest
    @EnumSource(
            value = Timeout.ThreadMode.class,
            names = {"SAME_THREAD", "SEPARATE_THREAD"})
    void a_test_that_takes_too_long_closes_its_window_and_tells_what_it_saw(Timeout.ThreadMode mode) {
        machine.turnTimeout = java.time.Duration.ofSeconds(1);

        Run run = machine.run(Map.of("junit.jupiter.execution.timeout.thread.mode.default", mode.name()), Slow.class);

        assertThat(run.succeeded()).isEqualTo(1);
        assertThat(run.end("aTooSlow()").orElseThrow())
                .isInstanceOf(TimeoutException.class)
                .satisfies(own -> assertThat(own.getSuppressed())
                        .filteredOn(AssertionFailedError.class::isInstance)
                        .singleElement()
                        .satisfies(ours -> assertThat(ours)
                                .hasMessageContaining("@ExpectFunction(value = \"f\", times = 2)")
                                .hasMessageContaining("@ExpectFunction(value = \"g\", within = \"20ms\")")
                                .hasMessageContaining("f  1 time")));
        assertThat(run.entries()).hasSize(2);
        assertThat(machine.stap.opened).hasSize(1).allMatch(session -> session.closed);
    }

    @Fake
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class Slow {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @Timeout(value = 50, unit = TimeUnit.MILLISECONDS)
        @ExpectFunction(value = "f", times = 2)
        @ExpectFunction(value = "g", within = "20ms")
        void aTooSlow() throws InterruptedException {
            shop.call("f");
            new CountDownLatch(1).await();
        }

        @Test
        @ProbeFunction("g")
        @ExpectFunction(value = "f", times = 1)
        void bNext() {
            shop.call("f");
        }
    }

    @Test
    void a_test_that_leaves_its_thread_interrupted_is_judged() {
        Run run = machine.run(LeavesItInterrupted.class);

        run.assertSucceeded(1);
    }

    @Test
    void a_test_that_begins_on_an_interrupted_thread_is_probed_all_the_same() {
        Run run = machine.run(BeginsInterrupted.class);

        run.assertSucceeded(1);
    }

    @Fake
    static class BeginsInterrupted {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @BeforeEach
        void interrupted() {
            Thread.currentThread().interrupt();
        }

        @Test
        @ExpectFunction(value = "f", times = 1)
        void test() {
            assertThat(Thread.interrupted()).as("as its own code has left it").isTrue();
            shop.call("f");
        }
    }

    @Fake
    static class LeavesItInterrupted {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @ExpectFunction(value = "f", times = 1)
        @ExpectFunction(value = "g", times = 0, within = "20ms")
        void test() {
            shop.call("f");
            Thread.currentThread().interrupt();
        }

        @AfterEach
        void staysInterrupted() {
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
