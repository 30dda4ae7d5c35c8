package io.probeunit.internal.unwind;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A copy of the innermost part of a stack.
 *
 * @param from the address of the first byte
 * @param bytes what was there; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent")
public record StackMemory(long from, byte[] bytes) {

    long longAt(long address) {
        return read(address, Long.BYTES).getLong(0);
    }

    /** A number of 1, 2, 4 or 8 bytes, without sign. */
    long at(long address, int size) {
        ByteBuffer number = read(address, size);
        return switch (size) {
            case 1 -> number.get(0) & 0xff;
            case 2 -> number.getShort(0) & 0xffff;
            case 4 -> Integer.toUnsignedLong(number.getInt(0));
            default -> number.getLong(0);
        };
    }

    private ByteBuffer read(long address, int size) {
        long at = address - from;
        if (at < 0 || at > bytes.length - size) {
            throw new NotUnwoundException(
                    at < 0
                            ? "its frame is not on the stack that was copied"
                            : "the stack is deeper than the %d bytes that were copied".formatted(bytes.length));
        }
        return ByteBuffer.wrap(bytes, (int) at, size).slice().order(ByteOrder.LITTLE_ENDIAN);
    }
}
