package io.probeunit.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DeadlineTest {

    private static final Duration PAUSE = Duration.ofMillis(1);

    @Test
    void a_deadline_in_the_future_leaves_at_most_its_time() {
        Deadline deadline = Deadline.after(Duration.ofHours(1));

        assertThat(deadline.isOver()).isFalse();
        assertThat(deadline.left()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
    }

    @Test
    void a_deadline_in_the_past_leaves_nothing() {
        Deadline deadline = new Deadline(System.nanoTime() - 1);

        assertThat(deadline.isOver()).isTrue();
        assertThat(deadline.left()).isZero();
        assertThat(deadline.nanosLeft()).isZero();
    }

    @Test
    void it_looks_until_the_condition_holds() throws InterruptedException {
        AtomicInteger looks = new AtomicInteger();

        assertThat(Deadline.after(Duration.ofHours(1)).poll(PAUSE, () -> looks.incrementAndGet() == 3))
                .isTrue();

        assertThat(looks).hasValue(3);
    }

    @Test
    void it_looks_once_even_if_the_time_is_over() throws InterruptedException {
        AtomicInteger looks = new AtomicInteger();

        assertThat(Deadline.after(Duration.ZERO).poll(PAUSE, () -> looks.incrementAndGet() == 2))
                .isFalse();

        assertThat(looks).hasValue(1);
        assertThat(Deadline.after(Duration.ZERO).poll(PAUSE, () -> true)).isTrue();
    }

    @Test
    void it_looks_no_more_when_the_time_is_over() throws InterruptedException {
        assertThat(Deadline.after(Duration.ofMillis(5)).poll(PAUSE, () -> false))
                .isFalse();
    }

    @Test
    void an_interrupt_ends_it() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Deadline.after(Duration.ofHours(1)).poll(PAUSE, () -> false))
                .isInstanceOf(InterruptedException.class);
    }
}
