package io.probeunit.internal.kernel;

import java.nio.ByteBuffer;

/** Records of a perf event's ring, one after the other; {@code struct perf_event_header} of {@code linux/perf_event.h}. */
final class PerfRecord {

    /** Where in the ring's first page the kernel's position is, and ours. */
    static final int HEAD = 1024;

    static final int TAIL = 1032;

    /** A path has 4,096 bytes at most. */
    private static final int LARGEST = 4096 + 128;

    private static final int HEADER = 8;
    private static final int SIZE = 6;

    private PerfRecord() {}

    /** Delivers all records; returns whether there was room for another one. A later record reports a dropped one. */
    static boolean takeAll(ByteBuffer data, int bytes, int capacity, Ring.Taker taker) {
        for (int at = 0; at + HEADER <= bytes; ) {
            int size = data.getShort(at + SIZE) & 0xffff;
            if (size < HEADER || at + size > bytes) {
                return false;
            }
            taker.take(data, at, size);
            at += size;
        }
        return bytes <= capacity - LARGEST;
    }
}
