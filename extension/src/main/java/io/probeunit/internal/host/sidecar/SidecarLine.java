package io.probeunit.internal.host.sidecar;

import io.probeunit.internal.docker.PrivilegedHelper;
import io.probeunit.internal.docker.StreamListener;
import io.probeunit.internal.kernel.ByteQueue;
import io.probeunit.internal.kernel.LastWords;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A running sidecar, and the connection with its main process, the helper. */
final class SidecarLine implements AutoCloseable {

    /** As long as the helper gives its own tools, and some more. */
    private static final Duration ORDERLY = Duration.ofSeconds(65);

    private final ByteQueue questions = new ByteQueue();
    private final Ears ears = new Ears();
    private final PrivilegedHelper container;

    SidecarLine(PrivilegedHelper.Plan plan) {
        try {
            this.container = PrivilegedHelper.start(plan, questions, ears);
        } catch (RuntimeException | Error e) {
            // a thread of the connection may read this
            questions.end();
            throw e;
        }
    }

    InputStream output() {
        return ears.answers;
    }

    OutputStream input() {
        return new OutputStream() {
            @Override
            public void write(int b) {
                questions.put(new byte[] {(byte) b});
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                questions.put(Arrays.copyOfRange(bytes, offset, offset + length));
            }

            @Override
            public void close() {
                questions.end();
            }
        };
    }

    String end() {
        String words = ears.errors.text();
        return "The sidecar (container %s) has ended%s"
                .formatted(
                        container.id().substring(0, 12),
                        words.isEmpty() ? ": it was stopped or removed." : ". Its last words: " + words);
    }

    /** The helper ends in order; the container then is removed whatever became of that. */
    @Override
    public void close() {
        questions.end();
        ears.awaitEnd();
        container.close();
    }

    private static final class Ears implements StreamListener {
        private final ByteQueue answers = new ByteQueue();
        private final LastWords errors = new LastWords();
        private final CountDownLatch end = new CountDownLatch(1);

        @Override
        public void output(byte[] bytes) {
            answers.put(bytes);
        }

        @Override
        public void errors(byte[] bytes) {
            errors.add(bytes);
        }

        @Override
        public void ended() {
            answers.end();
            end.countDown();
        }

        void awaitEnd() {
            try {
                end.await(ORDERLY.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
