package io.probeunit.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InterruptsTest {

    @AfterEach
    void no_interrupt_is_left_for_the_next_test() {
        Thread.interrupted();
    }

    @Test
    void deferred_work_begins_on_a_thread_that_is_not_interrupted_and_ends_on_one_that_is() {
        Thread.currentThread().interrupt();

        assertThat(Interrupts.<Boolean>defer(() -> Thread.currentThread().isInterrupted()))
                .isFalse();

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void deferred_work_goes_on_with_each_interrupt() {
        AtomicInteger begun = new AtomicInteger();

        assertThat(Interrupts.<Integer>defer(() -> {
                    if (begun.incrementAndGet() < 3) {
                        throw new InterruptedException();
                    }
                    return begun.get();
                }))
                .isEqualTo(3);

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void deferred_work_that_fails_keeps_the_interrupt() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Interrupts.defer(() -> {
                    throw new IllegalStateException("failed");
                }))
                .hasMessage("failed");

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void a_thread_that_was_not_interrupted_is_not_afterwards() {
        Interrupts.defer(
                () -> assertThat(Thread.currentThread().isInterrupted()).isFalse());
        Interrupts.orStop(() -> Thread.sleep(0));

        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void another_result_takes_the_place_of_an_interrupted_one() {
        Thread.currentThread().interrupt();

        assertThat(Interrupts.orElse("instead", () -> {
                    Thread.sleep(1);
                    return "slept";
                }))
                .isEqualTo("instead");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(Interrupts.orElse("instead", () -> "done")).isEqualTo("done");
    }

    @Test
    void an_interrupted_action_stops() {
        List<String> done = new ArrayList<>();
        Thread.currentThread().interrupt();

        Interrupts.orStop(() -> {
            done.add("begun");
            new CountDownLatch(1).await(1, TimeUnit.HOURS);
            done.add("ended");
        });

        assertThat(done).containsExactly("begun");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void an_exception_takes_the_place_of_an_interrupted_wait() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Interrupts.orThrow(e -> new IllegalStateException("interrupted", e), () -> {
                    Thread.sleep(1);
                    return "slept";
                }))
                .hasMessage("interrupted")
                .hasCauseInstanceOf(InterruptedException.class);

        assertThat(Thread.interrupted()).isTrue();
    }
}
