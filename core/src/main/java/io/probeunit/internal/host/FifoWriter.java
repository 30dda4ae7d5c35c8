package io.probeunit.internal.host;

import java.time.Duration;

/** The writing end of a FIFO whose reader takes a message up to its end, and opens the FIFO anew for the next. */
public interface FifoWriter extends AutoCloseable {

    /**
     * Writes one message: waits until a reader has the FIFO open, writes, and closes it.
     *
     * <p>An interrupted thread stays interrupted, and writes all the same.
     *
     * @param message at most 4,096 bytes, which reach the reader in one piece
     * @param patience how long to wait for a reader
     * @throws HostException if no reader came in that time, the FIFO is gone, or this writer is closed
     */
    void write(byte[] message, Duration patience);

    /** Releases a {@link #write} that waits for a reader, and refuses any further one. */
    @Override
    void close();
}
