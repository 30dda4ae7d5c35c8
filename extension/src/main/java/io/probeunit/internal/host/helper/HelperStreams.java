package io.probeunit.internal.host.helper;

import io.probeunit.internal.concurrent.Interrupts;
import io.probeunit.internal.docker.StreamListener;
import io.probeunit.internal.kernel.ByteQueue;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The streams of a helper that the Docker daemon runs. Thread-safe, except for a single stream. */
public final class HelperStreams implements StreamListener {

    /** As long as the helper gives the programs that it has started, and some more. */
    private static final Duration ORDERLY = Duration.ofSeconds(65);

    private static final int MOST_ERRORS = 4_000;

    private final ByteQueue sent = new ByteQueue();
    private final ByteQueue received = new ByteQueue();
    private final CountDownLatch end = new CountDownLatch(1);
    private byte[] errors = new byte[0];

    /**
     * The standard input of the helper, for a thread of the connection.
     *
     * @return ends with {@link #endInput}
     */
    public InputStream sent() {
        return sent;
    }

    /**
     * The standard input of the helper, for this JVM. Bytes are on their way when a write returns.
     *
     * @return never waits
     */
    public OutputStream input() {
        return new OutputStream() {
            @Override
            public void write(int b) {
                sent.put(new byte[] {(byte) b});
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                sent.put(Arrays.copyOfRange(bytes, offset, offset + length));
            }

            @Override
            public void close() {
                endInput();
            }
        };
    }

    /**
     * The standard output of the helper.
     *
     * @return ends with the connection
     */
    public InputStream output() {
        return received;
    }

    /**
     * The end of what the helper wrote to its standard error.
     *
     * @return at most some thousand characters
     */
    public synchronized String lastErrors() {
        return new String(errors, StandardCharsets.UTF_8).strip();
    }

    /** Ends the standard input of the helper, which then ends in order. */
    public void endInput() {
        sent.end();
    }

    /** Ends the standard input, and waits until the helper has ended, but not for ever. */
    public void close() {
        endInput();
        Interrupts.orElse(false, () -> end.await(ORDERLY.toSeconds(), TimeUnit.SECONDS));
    }

    @Override
    public void output(byte[] bytes) {
        received.put(bytes);
    }

    @Override
    public synchronized void errors(byte[] bytes) {
        byte[] all = Arrays.copyOf(errors, errors.length + bytes.length);
        System.arraycopy(bytes, 0, all, errors.length, bytes.length);
        errors = Arrays.copyOfRange(all, Math.max(0, all.length - MOST_ERRORS), all.length);
    }

    @Override
    public void ended() {
        received.end();
        end.countDown();
    }
}
