package io.probeunit.host;

/** The writing end of a FIFO whose reader takes a message up to its end, and opens the FIFO anew for the next. */
public interface FifoWriter extends AutoCloseable {

    /**
     * Writes one message: waits until a reader has the FIFO open, writes, and closes it.
     *
     * @param message at most 4,096 bytes, which reach the reader in one piece
     * @throws HostException if the FIFO is gone, or this writer is closed
     */
    void write(byte[] message);

    /** Releases a {@link #write(byte[])} that waits for a reader, and refuses any further one. */
    @Override
    void close();
}
