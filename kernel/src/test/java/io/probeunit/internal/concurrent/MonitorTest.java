package io.probeunit.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MonitorTest {

    private final Monitor monitor = new Monitor();
    private final AtomicInteger value = new AtomicInteger();

    @AfterEach
    void no_interrupt_is_left_for_the_next_test() {
        Thread.interrupted();
    }

    @Test
    void a_condition_that_holds_is_not_waited_for() {
        assertThat(monitor.await(Duration.ZERO, () -> true)).isTrue();
    }

    @Test
    void a_condition_that_does_not_hold_ends_the_wait_when_the_time_is_over() {
        assertThat(monitor.await(Duration.ofMillis(5), () -> false)).isFalse();
    }

    @Test
    void a_change_wakes_those_who_wait() {
        CountDownLatch waits = new CountDownLatch(1);
        DaemonThread.start("probeunit-test", () -> {
            awaitUninterrupted(waits);
            monitor.change(value::incrementAndGet);
        });

        assertThat(monitor.await(Duration.ofHours(1), () -> {
                    waits.countDown();
                    return value.get() == 1;
                }))
                .isTrue();
    }

    @Test
    void an_interrupted_thread_waits_and_stays_interrupted() {
        Thread waiting = Thread.currentThread();
        CountDownLatch waits = new CountDownLatch(1);
        DaemonThread.start("probeunit-test", () -> {
            awaitUninterrupted(waits);
            // with the lock, so that the other thread waits already
            monitor.get(() -> {
                waiting.interrupt();
                return true;
            });
            monitor.change(value::incrementAndGet);
        });

        assertThat(monitor.await(Duration.ofHours(1), () -> {
                    waits.countDown();
                    return value.get() == 1;
                }))
                .isTrue();

        assertThat(Thread.interrupted()).isTrue();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        Interrupts.defer(() -> latch.await());
    }
}
