package io.probeunit.internal.engine.uprobe;

import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.kernel.Kernel;
import io.probeunit.internal.kernel.KernelException;
import io.probeunit.internal.kernel.Ring;

/**
 * A BPF ring buffer that a program writes records to; one thread reads at a time.
 *
 * @param kernel of the program
 * @param descriptor of the buffer
 * @param ring its reading end
 */
record RecordRing(Kernel kernel, int descriptor, Ring ring) implements AutoCloseable {

    /** Bytes that a record takes beside its own. */
    static final int HEADER = 8;

    /** A page of the machines with the largest pages. */
    private static final int SMALLEST = 1 << 16;

    /** Emptied a thousand times a second, this holds what some millions of firings a second bring. */
    private static final int LARGEST = 1 << 24;

    static RecordRing of(Kernel kernel, Bpf bpf, int size) {
        int descriptor = bpf.ring(size);
        try {
            return new RecordRing(kernel, descriptor, kernel.ring(descriptor, size));
        } catch (KernelException e) {
            Release.after(e, () -> Release.descriptor(kernel, descriptor));
            throw new EngineException(
                    "Could not map a BPF ring buffer of %d bytes with mmap(2) (PU1043): %s"
                            .formatted(size, e.getMessage()),
                    e);
        }
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

    @Override
    public void close() {
        Release.all(ring::close, () -> Release.descriptor(kernel, descriptor));
    }
}
