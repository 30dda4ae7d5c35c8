package io.probeunit.internal.unwind;

import io.probeunit.internal.host.FileContent;

/** Reads numbers of a file one after the other, in the encodings of DWARF. Not thread-safe. */
final class Cursor {

    /** {@code DW_EH_PE_…}: the low four bits are the form, the next three say what the number is relative to. */
    static final int OMITTED = 0xff;

    private static final int FORM = 0x0f;
    private static final int BASE = 0x70;
    private static final int FROM_HERE = 0x10;
    private static final int FROM_DATA = 0x30;
    private static final int INDIRECT = 0x80;
    private static final int GROUP_BITS = 7;
    private static final int GROUP = 0x7f;
    private static final int MORE = 0x80;
    private static final int SIGN = 0x40;

    private final FileContent content;
    private final long addressOfFile;
    private int at;

    /**
     * Begins to read.
     *
     * @param content of the file
     * @param addressOfFile what is added to a place in the file to get its address in memory, as the file numbers it
     * @param at the first place
     */
    Cursor(FileContent content, long addressOfFile, int at) {
        this.content = content;
        this.addressOfFile = addressOfFile;
        this.at = at;
    }

    int at() {
        return at;
    }

    void skipTo(int place) {
        at = place;
    }

    int u8() {
        return content.get(at++) & 0xff;
    }

    int u16() {
        at += Short.BYTES;
        return content.getShort(at - Short.BYTES) & 0xffff;
    }

    int s32() {
        at += Integer.BYTES;
        return content.getInt(at - Integer.BYTES);
    }

    long u32() {
        return Integer.toUnsignedLong(s32());
    }

    long u64() {
        at += Long.BYTES;
        return content.getLong(at - Long.BYTES);
    }

    long unsigned() {
        long value = 0;
        for (int shift = 0; ; shift += GROUP_BITS) {
            int next = u8();
            value |= (long) (next & GROUP) << shift;
            if ((next & MORE) == 0) {
                return value;
            }
        }
    }

    long signed() {
        long value = 0;
        int shift = 0;
        int next;
        do {
            next = u8();
            value |= (long) (next & GROUP) << shift;
            shift += GROUP_BITS;
        } while ((next & MORE) != 0);
        return (next & SIGN) != 0 && shift < Long.SIZE ? value | -1L << shift : value;
    }

    /** An address. */
    long address(int encoding, long data) {
        long here = addressOfFile + at;
        long value = number(encoding);
        if ((encoding & INDIRECT) != 0) {
            throw NotUnwoundException.strangeTable();
        }
        return switch (encoding & BASE) {
            case 0 -> value;
            case FROM_HERE -> here + value;
            case FROM_DATA -> data + value;
            default -> throw NotUnwoundException.strangeTable();
        };
    }

    /** A number in the form of an address, relative to nothing. */
    long number(int encoding) {
        return switch (encoding & FORM) {
            case 0x00, 0x04, 0x0c -> u64();
            case 0x01 -> unsigned();
            case 0x02 -> u16();
            case 0x03 -> u32();
            case 0x09 -> signed();
            case 0x0a -> (short) u16();
            case 0x0b -> s32();
            default -> throw NotUnwoundException.strangeTable();
        };
    }
}
