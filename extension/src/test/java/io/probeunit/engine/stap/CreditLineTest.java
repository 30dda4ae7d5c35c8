package io.probeunit.engine.stap;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.host.FifoWriter;
import io.probeunit.host.HostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class CreditLineTest {

    private static final Duration LONG = Duration.ofSeconds(10);
    private static final int STEP = 4;

    private final Fifo fifo = new Fifo();
    private final CreditLine credit = new CreditLine(fifo, STEP);

    @AfterEach
    void close() {
        credit.close();
    }

    @Test
    void a_step_of_lines_is_a_message() throws InterruptedException {
        credit.received(STEP - 1);
        assertThat(fifo.arrives(50)).isFalse();
        credit.received(1);
        assertThat(fifo.arrives()).isTrue();
    }

    @Test
    void a_message_waits_for_the_answer_to_the_former() throws InterruptedException {
        credit.received(3 * STEP);

        for (int i = 0; i < 3; i++) {
            assertThat(fifo.arrives()).isTrue();
            assertThat(fifo.arrives(20)).as("before the answer").isFalse();
            credit.granted();
        }
        assertThat(fifo.arrives(20)).isFalse();
    }

    @Test
    void settled_is_what_arrived_before_whatever_arrives_later() throws Exception {
        credit.received(2 * STEP + 1);
        CompletableFuture<Void> settled = CompletableFuture.runAsync(() -> credit.settle(LONG));

        assertThat(fifo.arrives()).isTrue();
        Thread.sleep(20);
        credit.received(10 * STEP);
        credit.granted();
        assertThat(fifo.arrives()).isTrue();
        Thread.sleep(20);
        assertThat(settled).isNotDone();
        credit.granted();

        assertThat(settled).succeedsWithin(LONG);
    }

    @Test
    void nothing_due_is_settled_at_once_and_nobody_waits_for_ever() {
        credit.received(STEP - 1);
        credit.settle(LONG);

        credit.received(1);
        long start = System.nanoTime();
        credit.settle(Duration.ofMillis(50));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(40), LONG);
    }

    @Test
    void closing_releases_who_waits() {
        credit.received(STEP);
        CompletableFuture<Void> settled = CompletableFuture.runAsync(() -> credit.settle(LONG));

        credit.close();

        assertThat(settled).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void an_interrupted_thread_does_not_wait_and_stays_interrupted() throws Exception {
        credit.received(STEP);

        assertThat(CompletableFuture.supplyAsync(() -> {
                    Thread.currentThread().interrupt();
                    credit.settle(LONG);
                    return Thread.interrupted();
                }))
                .succeedsWithin(Duration.ofSeconds(5))
                .isEqualTo(true);
    }

    private static final class Fifo implements FifoWriter {
        private final Semaphore messages = new Semaphore(0);
        private volatile boolean closed;

        @Override
        public void write(byte[] message, Duration patience) {
            if (closed) {
                throw new HostException("closed");
            }
            messages.release();
        }

        @Override
        public void close() {
            closed = true;
        }

        boolean arrives() throws InterruptedException {
            return arrives(LONG.toMillis());
        }

        boolean arrives(long millis) throws InterruptedException {
            return messages.tryAcquire(millis, TimeUnit.MILLISECONDS);
        }
    }
}
