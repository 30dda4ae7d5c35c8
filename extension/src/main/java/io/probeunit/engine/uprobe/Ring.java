package io.probeunit.engine.uprobe;

import com.sun.jna.Pointer;
import io.probeunit.engine.EngineException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The reading end of a BPF ring buffer ({@code Documentation/bpf/ringbuf.rst}): a page with the consumer's position, which
 * we write; a page with the producer's; then the data, mapped twice in a row so that no record is ever split.
 *
 * <p>One thread reads at a time.
 */
final class Ring implements AutoCloseable {

    private static final int BUSY = 1 << 31;
    private static final int DISCARDED = 1 << 30;
    /** Bytes that a record takes beside its own. */
    static final int HEADER = 8;

    /** A page of the machines with the largest pages. */
    private static final int SMALLEST = 1 << 16;

    /** Emptied a thousand times a second, this holds what some millions of firings a second bring. */
    private static final int LARGEST = 1 << 24;

    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final VarHandle INTS = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

    private final Kernel kernel;
    private final int descriptor;
    private final long page;
    private final int size;
    private final Pointer consumerMemory;
    private final Pointer producerMemory;
    private final ByteBuffer consumer;
    private final ByteBuffer producer;
    private final ByteBuffer data;
    private long position;

    Ring(Kernel kernel, Bpf bpf, int size) {
        this.kernel = kernel;
        this.size = size;
        this.page = kernel.sysconf(Kernel.PAGE_SIZE);
        this.descriptor = bpf.ring(size);
        try {
            this.consumerMemory = bpf.memory(descriptor, page, Kernel.READ_WRITE, 0);
        } catch (EngineException e) {
            kernel.close(descriptor);
            throw e;
        }
        try {
            this.producerMemory = bpf.memory(descriptor, page + 2L * size, Kernel.READ, page);
        } catch (EngineException e) {
            kernel.munmap(consumerMemory, page);
            kernel.close(descriptor);
            throw e;
        }
        this.consumer = consumerMemory.getByteBuffer(0, page).order(ByteOrder.nativeOrder());
        this.producer = producerMemory.getByteBuffer(0, page).order(ByteOrder.nativeOrder());
        this.data = producerMemory.getByteBuffer(page, 2L * size).order(ByteOrder.nativeOrder());
    }

    /** Takes records as they are in the buffer. */
    @FunctionalInterface
    interface Taker {
        /**
         * Takes one record.
         *
         * @param data the buffer
         * @param offset where the record begins
         */
        void take(ByteBuffer data, int offset);
    }

    /**
     * The size for so many bytes of records: a power of two, as the kernel asks for, within bounds.
     *
     * @param bytes of records that may come before anybody reads
     */
    static int size(long bytes) {
        int size = SMALLEST;
        while (size < bytes && size < LARGEST) {
            size *= 2;
        }
        return size;
    }

    int descriptor() {
        return descriptor;
    }

    /** Hands over all records that are complete; how many these were. Stops at one that is still being written. */
    int drain(Taker taker) {
        int taken = 0;
        long end = (long) LONGS.getAcquire(producer, 0);
        while (position < end) {
            int at = (int) (position & size - 1);
            int header = (int) INTS.getAcquire(data, at);
            if ((header & BUSY) != 0) {
                break;
            }
            int length = header & ~DISCARDED;
            if ((header & DISCARDED) == 0) {
                taker.take(data, at + HEADER);
                taken++;
            }
            position += length + HEADER + 7 & ~7L;
        }
        LONGS.setRelease(consumer, 0, position);
        return taken;
    }

    @Override
    public void close() {
        Release.all(
                () -> kernel.munmap(consumerMemory, page),
                () -> kernel.munmap(producerMemory, page + 2L * size),
                () -> kernel.close(descriptor));
    }
}
