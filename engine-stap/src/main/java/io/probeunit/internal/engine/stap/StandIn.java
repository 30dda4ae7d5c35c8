package io.probeunit.internal.engine.stap;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.SortedSet;

/**
 * A file that SystemTap reads instead of a container's binary: an ELF file of one segment, in which addresses are the
 * offsets in the binary, with one symbol for each place that is to be probed, and nothing else.
 *
 * <p>The layout is that of the System V gABI, chapters 4 and 5. SystemTap takes from it the offsets alone; the segment's
 * content need not be there.
 */
final class StandIn {

    private static final int HEADER = 64;
    private static final int PROGRAM_HEADER = 56;
    private static final int SECTION_HEADER = 64;
    private static final int SYMBOL = 24;
    private static final int PAGE = 4096;
    private static final int SECTIONS = 4;
    /** The one that SystemTap is used on here. */
    private static final short X86_64 = 62;

    private static final String SECTION_NAMES = "\0.text\0.symtab\0.strtab\0";

    private StandIn() {}

    /** The symbol for a place. */
    static String symbol(long offset) {
        return "pu_%x".formatted(offset);
    }

    /**
     * Makes the file.
     *
     * @param offsets of the places, in bytes, at least one
     */
    static byte[] of(SortedSet<Long> offsets) {
        ByteArrayOutputStream names = new ByteArrayOutputStream();
        names.writeBytes(SECTION_NAMES.getBytes(StandardCharsets.US_ASCII));
        ByteBuffer symbols = buffer((offsets.size() + 1) * SYMBOL);
        symbols.position(SYMBOL);
        for (long offset : offsets) {
            // a global function of one byte in section 1
            symbols.putInt(names.size())
                    .put((byte) 0x12)
                    .put((byte) 0)
                    .putShort((short) 1)
                    .putLong(offset)
                    .putLong(1);
            names.writeBytes((symbol(offset) + "\0").getBytes(StandardCharsets.US_ASCII));
        }
        int symbolsAt = HEADER + PROGRAM_HEADER + SECTIONS * SECTION_HEADER;
        int namesAt = symbolsAt + symbols.capacity();
        long end = (offsets.last() / PAGE + 1) * PAGE;
        ByteBuffer file = buffer(namesAt + names.size());
        header(file);
        // PT_LOAD, readable and executable
        file.putInt(1)
                .putInt(5)
                .putLong(0)
                .putLong(0)
                .putLong(0)
                .putLong(end)
                .putLong(end)
                .putLong(PAGE);
        file.position(file.position() + SECTION_HEADER);
        section(file, SECTION_NAMES.indexOf(".text"), 1, 6, 0, end, 0, 0, 0);
        section(file, SECTION_NAMES.indexOf(".symtab"), 2, 0, symbolsAt, symbols.capacity(), 3, 1, SYMBOL);
        section(file, SECTION_NAMES.indexOf(".strtab"), 3, 0, namesAt, names.size(), 0, 0, 0);
        return file.put(symbols.array()).put(names.toByteArray()).array();
    }

    private static void header(ByteBuffer file) {
        // 64 bits, little-endian, version 1
        file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16);
        file.putShort((short) 3)
                .putShort(X86_64)
                .putInt(1)
                .putLong(0)
                .putLong(HEADER)
                .putLong(HEADER + PROGRAM_HEADER)
                .putInt(0)
                .putShort((short) HEADER)
                .putShort((short) PROGRAM_HEADER)
                .putShort((short) 1)
                .putShort((short) SECTION_HEADER)
                .putShort((short) SECTIONS)
                .putShort((short) 3);
    }

    private static void section(
            ByteBuffer file, int name, int type, long flags, long at, long size, int link, int info, long entry) {
        file.putInt(name).putInt(type).putLong(flags).putLong(0).putLong(at).putLong(size);
        file.putInt(link).putInt(info).putLong(1).putLong(entry);
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
