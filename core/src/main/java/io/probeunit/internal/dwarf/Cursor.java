package io.probeunit.internal.dwarf;

/** Reads numbers one after the other. Not thread-safe. */
final class Cursor {

    private static final int MOST_LEB_BYTES = 16;
    private static final long DWARF_64 = 0xffffffffL;
    private static final long RESERVED = 0xfffffff0L;

    private final Bytes bytes;
    private int at;

    Cursor(Bytes bytes, long at) {
        this.bytes = bytes;
        this.at = (int) Math.max(0, Math.min(at, Integer.MAX_VALUE));
    }

    int at() {
        return at;
    }

    void moveTo(int place) {
        at = place;
    }

    int u8() {
        return bytes.u8(at++);
    }

    int u16() {
        int value = bytes.u16(at);
        at += 2;
        return value;
    }

    int u24() {
        return u16() | u8() << 16;
    }

    long u32() {
        long value = bytes.u32(at);
        at += 4;
        return value;
    }

    long u64() {
        long value = bytes.u64(at);
        at += 8;
        return value;
    }

    /** A number of a size that the data says. */
    long unsigned(int size) {
        return switch (size) {
            case 1 -> u8();
            case 2 -> u16();
            case 3 -> u24();
            case 4 -> u32();
            case 8 -> u64();
            default -> throw bytes.damaged("%d-byte number, 0x%x".formatted(size, at));
        };
    }

    long uleb() {
        long value = 0;
        int begin = at;
        for (int shift = 0; ; shift += 7) {
            int next = u8();
            if (shift < Long.SIZE) {
                value |= (long) (next & 0x7f) << shift;
            }
            if ((next & 0x80) == 0) {
                return value;
            }
            checkLength(begin);
        }
    }

    long sleb() {
        long value = 0;
        int begin = at;
        for (int shift = 0; ; shift += 7) {
            int next = u8();
            if (shift < Long.SIZE) {
                value |= (long) (next & 0x7f) << shift;
            }
            if ((next & 0x80) == 0) {
                return (next & 0x40) != 0 && shift + 7 < Long.SIZE ? value | -1L << shift + 7 : value;
            }
            checkLength(begin);
        }
    }

    String text() {
        String text = bytes.text(at);
        at = bytes.textEnd(at) + 1;
        return text;
    }

    void skipText() {
        at = bytes.textEnd(at) + 1;
    }

    void skip(long count) {
        if (count < 0 || count > bytes.end() - at) {
            throw bytes.damaged("%s bytes at 0x%x of 0x%x".formatted(Long.toUnsignedString(count), at, bytes.end()));
        }
        at += (int) count;
    }

    /** The length that a unit, or a table of one, begins with; the cursor is behind it then. */
    InitialLength length() {
        int begin = at;
        long length = u32();
        boolean wide = length == DWARF_64;
        if (wide) {
            length = u64();
        } else if (length >= RESERVED) {
            throw bytes.damaged("unknown length, 0x%x".formatted(begin));
        }
        if (length < 0 || length > bytes.end() - at) {
            throw bytes.damaged("truncated unit, 0x%x".formatted(begin));
        }
        return new InitialLength((int) (at + length), wide ? 8 : 4);
    }

    /**
     * Where something ends, and how wide offsets are in it.
     *
     * @param end the place behind it
     * @param offsetSize 4 or 8 bytes
     */
    record InitialLength(int end, int offsetSize) {}

    private void checkLength(int begin) {
        if (at - begin > MOST_LEB_BYTES) {
            throw bytes.damaged("endless number, 0x%x".formatted(begin));
        }
    }
}
