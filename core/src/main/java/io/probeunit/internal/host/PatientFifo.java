package io.probeunit.internal.host;

import io.probeunit.internal.concurrent.Deadline;
import io.probeunit.internal.concurrent.Interrupts;
import java.time.Duration;

/** A FIFO that is tried again and again while it has no reader. */
public final class PatientFifo implements FifoWriter {

    private final String path;
    private final Duration pause;
    private final Attempt attempt;
    private volatile boolean closed;

    /**
     * Creates a writer that has tried nothing yet.
     *
     * @param path of the FIFO, for messages
     * @param pause between two attempts
     * @param attempt writes
     */
    public PatientFifo(String path, Duration pause, Attempt attempt) {
        this.path = path;
        this.pause = pause;
        this.attempt = attempt;
    }

    /** Writes without waiting for a reader. */
    @FunctionalInterface
    public interface Attempt {

        /**
         * Writes a whole message, or nothing.
         *
         * @return whether somebody had the FIFO open for reading, and now has the message
         * @throws HostException if it failed for any other reason
         */
        boolean write(byte[] message);
    }

    @Override
    public void write(byte[] message, Duration patience) {
        Deadline deadline = Deadline.after(patience);
        if (!Interrupts.<Boolean>defer(() -> deadline.poll(pause, () -> written(message)))) {
            throw new HostException("Nobody opened the FIFO %s for reading within %d ms (PU0516)."
                    .formatted(path, patience.toMillis()));
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    private boolean written(byte[] message) {
        if (closed) {
            throw new HostException("The reader of the FIFO %s has ended (PU0515).".formatted(path));
        }
        return attempt.write(message);
    }
}
