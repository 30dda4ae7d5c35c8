package io.probeunit.internal.engine.stap;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.host.FifoWriter;
import io.probeunit.internal.host.HostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class CreditLineTest {

    private static final Duration LONG = Duration.ofSeconds(10);
    private static final int STEP = 4;

    private final Fifo fifo = new Fifo();
    private final CreditLine credit = new CreditLine(fifo, 2, STEP);

    @AfterEach
    void close() {
        credit.close();
    }

    @Test
    void a_step_of_lines_is_a_message() throws InterruptedException {
        credit.received(0, STEP - 1);
        assertThat(fifo.arrives(50)).isFalse();
        credit.received(0, 1);
        assertThat(fifo.arrives()).isTrue();
    }

    @Test
    void a_message_waits_for_the_answer_to_the_former() throws InterruptedException {
        credit.received(0, 2 * Message.MOST_LINES + 1L + STEP);

        for (int i = 0; i < 3; i++) {
            assertThat(fifo.arrives()).isTrue();
            assertThat(fifo.arrives(20)).as("before the answer").isFalse();
            credit.granted();
        }
        assertThat(fifo.arrives(20)).isFalse();
    }

    /** A message has one point, whatever it has waited for. */
    @Test
    void points_take_turns_and_none_waits_for_a_noisy_one() throws InterruptedException {
        credit.received(0, STEP);
        assertThat(fifo.next()).isEqualTo(new String(Message.credit(0, STEP), StandardCharsets.US_ASCII));
        credit.received(0, 10 * STEP);
        credit.received(1, 1);
        credit.granted();

        assertThat(fifo.next()).isEqualTo(new String(Message.credit(1, 1), StandardCharsets.US_ASCII));
        credit.granted();
        assertThat(fifo.next()).isEqualTo(new String(Message.credit(0, 10 * STEP), StandardCharsets.US_ASCII));
    }

    @Test
    void where_few_lines_are_sure_they_are_given_back_before_a_step_is_full() throws InterruptedException {
        credit.sure(2);
        credit.received(0, 1);
        assertThat(fifo.arrives(50)).isFalse();
        credit.received(1, 1);
        assertThat(fifo.arrives(50)).isFalse();
        credit.received(1, 1);

        assertThat(fifo.next()).isEqualTo(new String(Message.credit(1, 2), StandardCharsets.US_ASCII));
    }

    @Test
    void lines_that_will_never_arrive_are_given_back_too() throws InterruptedException {
        credit.received(new long[] {0, STEP});

        assertThat(fifo.next()).isEqualTo(new String(Message.credit(1, STEP), StandardCharsets.US_ASCII));
    }

    @Test
    void settled_is_what_arrived_before_whatever_arrives_later() throws Exception {
        credit.received(new long[] {STEP, STEP});
        CompletableFuture<Void> settled = CompletableFuture.runAsync(() -> credit.settle(LONG));

        assertThat(fifo.arrives()).isTrue();
        Thread.sleep(20);
        credit.received(0, 10 * STEP);
        credit.granted();
        assertThat(fifo.arrives()).isTrue();
        Thread.sleep(20);
        assertThat(settled).isNotDone();
        credit.granted();

        assertThat(settled).succeedsWithin(LONG);
    }

    @Test
    void nothing_due_is_settled_at_once_and_nobody_waits_for_ever() {
        credit.received(0, STEP - 1);
        credit.settle(LONG);

        credit.received(0, 1);
        long start = System.nanoTime();
        credit.settle(Duration.ofMillis(50));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(40), LONG);
    }

    @Test
    void closing_releases_who_waits() {
        credit.received(0, STEP);
        CompletableFuture<Void> settled = CompletableFuture.runAsync(() -> credit.settle(LONG));

        credit.close();

        assertThat(settled).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void an_interrupted_thread_does_not_wait_and_stays_interrupted() throws Exception {
        credit.received(0, STEP);

        assertThat(CompletableFuture.supplyAsync(() -> {
                    Thread.currentThread().interrupt();
                    credit.settle(LONG);
                    return Thread.interrupted();
                }))
                .succeedsWithin(Duration.ofSeconds(5))
                .isEqualTo(true);
    }

    private static final class Fifo implements FifoWriter {
        private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        private volatile boolean closed;

        @Override
        public void write(byte[] message, Duration patience) {
            if (closed) {
                throw new HostException("closed");
            }
            messages.add(new String(message, StandardCharsets.US_ASCII));
        }

        @Override
        public void close() {
            closed = true;
        }

        boolean arrives() throws InterruptedException {
            return arrives(LONG.toMillis());
        }

        String next() throws InterruptedException {
            return Optional.ofNullable(messages.poll(LONG.toMillis(), TimeUnit.MILLISECONDS))
                    .orElse("no message");
        }

        boolean arrives(long millis) throws InterruptedException {
            return messages.poll(millis, TimeUnit.MILLISECONDS) != null;
        }
    }
}
