package io.probeunit.internal.kernel;

import io.probeunit.internal.concurrent.Interrupts;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Bytes that one thread adds and another one reads. It has no limit: the writer must not wait for this reader, because
 * other readers wait for the writer.
 */
public final class ByteQueue extends InputStream {

    private final Deque<byte[]> chunks = new ArrayDeque<>();
    private int position;
    private boolean ended;

    /**
     * Puts bytes in; ignored after the end.
     *
     * @param bytes not copied
     */
    public synchronized void put(byte[] bytes) {
        if (bytes.length > 0 && !ended) {
            chunks.add(bytes);
            notifyAll();
        }
    }

    /** Says that nothing more will come. */
    public synchronized void end() {
        ended = true;
        notifyAll();
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public synchronized int read(byte[] into, int offset, int length) {
        if (length == 0) {
            // as readNBytes asks for at its end: nothing is waited for
            return 0;
        }
        awaitBytes();
        if (chunks.isEmpty()) {
            return -1;
        }
        byte[] chunk = chunks.getFirst();
        int count = Math.min(length, chunk.length - position);
        System.arraycopy(chunk, position, into, offset, count);
        position += count;
        if (position == chunk.length) {
            chunks.removeFirst();
            position = 0;
        }
        return count;
    }

    @Override
    public synchronized int available() {
        return chunks.isEmpty() ? 0 : chunks.getFirst().length - position;
    }

    @Override
    public void close() {
        end();
    }

    /** An interrupted thread waits on, as with any other stream, and stays interrupted. */
    private void awaitBytes() {
        Interrupts.defer(() -> {
            while (chunks.isEmpty() && !ended) {
                wait();
            }
        });
    }
}
