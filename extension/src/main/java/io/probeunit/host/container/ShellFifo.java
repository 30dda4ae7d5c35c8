package io.probeunit.host.container;

import io.probeunit.host.FifoWriter;
import io.probeunit.host.HostException;
import io.probeunit.host.container.ShellAgent.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A FIFO that a shell writes to. It must not wait for a reader, since others ask it things meanwhile; so it is asked again
 * while there is none.
 */
final class ShellFifo implements FifoWriter {

    private static final long PAUSE_NANOS = Duration.ofMillis(1).toNanos();

    /** What {@code ENXIO} reads like: nobody has the FIFO open for reading. */
    private static final String NO_READER = "No such device or address";

    private final ShellAgent shell;
    private final String path;
    private volatile boolean closed;

    ShellFifo(ShellAgent shell, String path) {
        this.shell = shell;
        this.path = path;
    }

    /**
     * Writes one message, which must be ASCII.
     */
    @Override
    public void write(byte[] message, Duration patience) {
        String text = new String(message, StandardCharsets.US_ASCII);
        long start = System.nanoTime();
        boolean interrupted = false;
        try {
            while (!written(text)) {
                if (System.nanoTime() - start > patience.toNanos()) {
                    throw new HostException(
                            "Nobody opened the FIFO %s for reading within %d ms.".formatted(path, patience.toMillis()));
                }
                // an interrupted thread would not be parked
                interrupted |= Thread.interrupted();
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    private boolean written(String text) {
        if (closed) {
            throw new HostException("The reader of the FIFO %s has ended.".formatted(path));
        }
        Answer answer = shell.ask("tell", path, text);
        if (answer.status() != 0 && !answer.text().contains(NO_READER)) {
            throw new HostException("Could not write to the FIFO %s: %s"
                    .formatted(path, answer.text().strip()));
        }
        return answer.status() == 0;
    }
}
