package io.probeunit.internal.engine.uprobe;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Names of tasks from the 16 bytes that the kernel keeps; those seen lately are not made anew. Not thread-safe. */
final class CommandNames {

    private static final int SEATS = 64;
    private static final int BYTES = 16;

    private final long[] starts = new long[SEATS];
    private final long[] ends = new long[SEATS];
    private final String[] names = new String[SEATS];

    CommandNames() {
        // of 16 zeros
        Arrays.fill(names, "");
    }

    /** The name up to its NUL, if there is one. */
    String name(ByteBuffer data, int at) {
        long start = data.getLong(at);
        long end = data.getLong(at + Long.BYTES);
        int seat = Long.hashCode(start * 31 + end) & SEATS - 1;
        if (starts[seat] != start || ends[seat] != end) {
            starts[seat] = start;
            ends[seat] = end;
            names[seat] = decode(start, end);
        }
        return names[seat];
    }

    private static String decode(long start, long end) {
        byte[] bytes = ByteBuffer.allocate(BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(start)
                .putLong(end)
                .array();
        int length = 0;
        while (length < BYTES && bytes[length] != 0) {
            length++;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
