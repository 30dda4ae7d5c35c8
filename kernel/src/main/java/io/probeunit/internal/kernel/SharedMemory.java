package io.probeunit.internal.kernel;

import java.util.List;

/** Memory that the kernel writes to while we read. For one thread at a time. */
public interface SharedMemory extends Glance, AutoCloseable {

    /**
     * A number in it, read in one piece.
     *
     * @param offset in bytes, a multiple of 8
     * @return as it is now, or was when it was last looked at
     */
    long get(long offset);

    /**
     * Writes numbers, each in one piece. What the batch asks after this sees them.
     *
     * @param batch takes the call for it; memory of this process is written at once
     * @param numbers what to write where
     */
    void set(Batch batch, List<Written> numbers);

    /** Gives it back, but not the descriptor. */
    @Override
    void close();

    /**
     * A number and its place.
     *
     * @param offset in bytes, a multiple of 8
     * @param number what is written
     */
    record Written(long offset, long number) {}
}
