package io.probeunit.internal.columns;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Numbers in as few bytes each as their range needs: the lowest of them, and the differences to it in 0, 1, 2, 4 or 8
 * bytes. Immutable.
 */
final class PackedLongs {

    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.nativeOrder());
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final long lowest;
    private final int width;
    private final byte[] bytes;

    private PackedLongs(long lowest, int width, byte[] bytes) {
        this.lowest = lowest;
        this.width = width;
        this.bytes = bytes;
    }

    static PackedLongs of(long[] numbers, int count) {
        long lowest = Long.MAX_VALUE;
        long highest = Long.MIN_VALUE;
        for (int i = 0; i < count; i++) {
            lowest = Math.min(lowest, numbers[i]);
            highest = Math.max(highest, numbers[i]);
        }
        int width = count == 0 ? 0 : width(highest - lowest);
        byte[] bytes = new byte[width * count];
        for (int i = 0; i < count; i++) {
            put(bytes, width, i, numbers[i] - lowest);
        }
        return new PackedLongs(lowest, width, bytes);
    }

    long get(int index) {
        return lowest
                + switch (width) {
                    case 0 -> 0;
                    case 1 -> Byte.toUnsignedLong(bytes[index]);
                    case 2 -> Short.toUnsignedLong((short) SHORTS.get(bytes, index * 2));
                    case 4 -> Integer.toUnsignedLong((int) INTS.get(bytes, index * 4));
                    default -> (long) LONGS.get(bytes, index * 8);
                };
    }

    /** Bytes for differences up to one that is read as unsigned: the range of two longs may need all 64 bits. */
    private static int width(long range) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(range);
        if (bits == 0) {
            return 0;
        }
        return bits <= 8 ? 1 : bits <= 16 ? 2 : bits <= 32 ? 4 : 8;
    }

    private static void put(byte[] bytes, int width, int index, long difference) {
        switch (width) {
            case 0 -> {
                // every number is the lowest
            }
            case 1 -> bytes[index] = (byte) difference;
            case 2 -> SHORTS.set(bytes, index * 2, (short) difference);
            case 4 -> INTS.set(bytes, index * 4, (int) difference);
            default -> LONGS.set(bytes, index * 8, difference);
        }
    }
}
