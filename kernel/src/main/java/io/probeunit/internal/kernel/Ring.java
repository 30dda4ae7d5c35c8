package io.probeunit.internal.kernel;

import java.nio.ByteBuffer;

/** The reading end of a ring of records that the kernel writes. For one thread at a time. */
public interface Ring extends Glance, AutoCloseable {

    /** Takes records as they are in the buffer. */
    @FunctionalInterface
    interface Taker {
        /**
         * Takes one record.
         *
         * @param data the buffer, in the machine's byte order
         * @param offset where the record begins
         * @param length in bytes
         */
        void take(ByteBuffer data, int offset, int length);
    }

    /**
     * Hands over the records that are complete; of a ring elsewhere, those that the last look found.
     *
     * @param taker gets each once
     * @return whether there was room for more all the time
     */
    boolean take(Taker taker);

    /** Gives its memory back, but not the descriptor. */
    @Override
    void close();
}
