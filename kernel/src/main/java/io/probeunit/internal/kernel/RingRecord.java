package io.probeunit.internal.kernel;

import java.nio.ByteBuffer;

/** A record of a BPF ring buffer: its length with two flags, 4 bytes that say nothing to us, and what it holds. */
final class RingRecord {

    static final int HEADER = 8;
    private static final int BUSY = 1 << 31;
    private static final int DISCARDED = 1 << 30;

    private RingRecord() {}

    static boolean isBusy(int header) {
        return (header & BUSY) != 0;
    }

    /** Hands over the record at a place, unless it was thrown away; the bytes that it takes. */
    static int take(ByteBuffer data, int at, int header, Ring.Taker taker) {
        int length = header & ~DISCARDED;
        if (length == header) {
            taker.take(data, at + HEADER, length);
        }
        return length + HEADER + 7 & ~7;
    }
}
