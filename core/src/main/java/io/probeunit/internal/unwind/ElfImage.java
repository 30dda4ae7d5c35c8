package io.probeunit.internal.unwind;

import io.probeunit.internal.host.FileContent;
import io.probeunit.internal.host.HostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An ELF file as processes map it, with its table for unwinding: gABI, chapter 5, "Program Header"; LSB Core, chapter 10.6.
 * Reads only what it is asked for. Immutable and thread-safe.
 */
public final class ElfImage {

    private static final int MAGIC = 0x464c457f;
    private static final int HEADERS_AT = 32;
    private static final int HEADER_SIZE_AT = 54;
    private static final int HEADER_COUNT_AT = 56;
    private static final int LOAD = 1;
    private static final int FRAME_HEADER = 0x6474e550;
    private static final int EXECUTABLE = 1;

    private static final int SECTIONS_AT = 40;
    private static final int SECTION_COUNT_AT = 60;
    private static final int SECTION_NAMES_AT = 62;
    private static final int SECTION = 64;

    private static final int SORTED_PAIRS = 0x3b;
    private static final int PAIR = 8;
    private static final int LONG_FORM = -1;
    private static final int SIGNAL_FRAME = 'S';

    private final FileContent content;
    private final List<Segment> loaded;
    private final Optional<Segment> frameHeader;

    private record Segment(boolean executable, long offset, long address, long size) {

        boolean hasAddress(long wanted) {
            return Long.compareUnsigned(wanted - address, size) < 0;
        }
    }

    private ElfImage(FileContent content, List<Segment> loaded, Optional<Segment> frameHeader) {
        this.content = content;
        this.loaded = loaded;
        this.frameHeader = frameHeader;
    }

    /**
     * Reads the program headers.
     *
     * @param content of the file; kept
     * @return empty if it is no 64-bit ELF file, or is damaged
     * @throws HostException if it cannot be read
     */
    public static Optional<ElfImage> read(FileContent content) {
        try {
            return content.getInt(0) == MAGIC ? Optional.of(readHeaders(content)) : Optional.empty();
        } catch (IndexOutOfBoundsException | ArithmeticException damaged) {
            return Optional.empty();
        }
    }

    private static ElfImage readHeaders(FileContent content) {
        List<Segment> loaded = new ArrayList<>();
        Optional<Segment> frameHeader = Optional.empty();
        int at = Math.toIntExact(content.getLong(HEADERS_AT));
        for (int i = 0; i < (content.getShort(HEADER_COUNT_AT) & 0xffff); i++) {
            int type = content.getInt(at);
            Segment segment = new Segment(
                    (content.getInt(at + 4) & EXECUTABLE) != 0,
                    content.getLong(at + 8),
                    content.getLong(at + 16),
                    content.getLong(at + 32));
            if (type == LOAD) {
                loaded.add(segment);
            } else if (type == FRAME_HEADER) {
                frameHeader = Optional.of(segment);
            }
            at += content.getShort(HEADER_SIZE_AT) & 0xffff;
        }
        return new ElfImage(content, List.copyOf(loaded), frameHeader);
    }

    /**
     * The address of an instruction as the file numbers them.
     *
     * @param offset in the file, in bytes
     * @return empty if no executable segment holds it
     */
    public OptionalLong address(long offset) {
        return loaded.stream()
                .filter(segment ->
                        segment.executable() && Long.compareUnsigned(offset - segment.offset(), segment.size()) < 0)
                .mapToLong(segment -> segment.address() + offset - segment.offset())
                .findFirst();
    }

    Cursor cursor(int place) {
        return new Cursor(content, addressOfPlace(place) - place, place);
    }

    /**
     * The entry of a function.
     *
     * @param address of one of its instructions
     * @return empty if the file has none
     */
    Optional<FrameEntry> entry(long address) {
        try {
            return frameHeader.isPresent()
                    ? entry(frameHeader.get(), address)
                    : section().flatMap(frames -> inOrder(frames, address));
        } catch (IndexOutOfBoundsException | ArithmeticException damaged) {
            throw NotUnwoundException.strangeTable();
        }
    }

    private Optional<FrameEntry> entry(Segment header, long address) {
        Cursor cursor = cursor(Math.toIntExact(header.offset()));
        cursor.u8();
        int framesEncoding = cursor.u8();
        int countEncoding = cursor.u8();
        int tableEncoding = cursor.u8();
        long frames = cursor.address(framesEncoding, header.address());
        if (countEncoding == Cursor.OMITTED || tableEncoding != SORTED_PAIRS) {
            return inOrder(frames, address);
        }
        long count = cursor.number(countEncoding);
        return sorted(header, cursor.at(), Math.toIntExact(count), address)
                .map(this::entryAt)
                .filter(entry -> entry.holds(address));
    }

    /** Where the table is by the section headers: a program that is linked statically may have no header for it. */
    private Optional<Long> section() {
        int table = Math.toIntExact(content.getLong(SECTIONS_AT));
        int count = content.getShort(SECTION_COUNT_AT) & 0xffff;
        int names = table + (content.getShort(SECTION_NAMES_AT) & 0xffff) * SECTION;
        for (int at = table; table > 0 && at < table + count * SECTION; at += SECTION) {
            Cursor name = cursor(Math.toIntExact(content.getLong(names + 24)) + content.getInt(at));
            if (text(name).equals(".eh_frame")) {
                return Optional.of(content.getLong(at + 16));
            }
        }
        return Optional.empty();
    }

    /** By halving: pairs of a function's first address and its entry's, both relative to the header. */
    private Optional<Integer> sorted(Segment header, int table, int count, long address) {
        int below = 0;
        int above = count;
        while (below < above) {
            int middle = (below + above) >>> 1;
            long start = header.address() + content.getInt(table + middle * PAIR);
            if (Long.compareUnsigned(start, address) <= 0) {
                below = middle + 1;
            } else {
                above = middle;
            }
        }
        return below == 0
                ? Optional.empty()
                : Optional.of(place(header.address() + content.getInt(table + (below - 1) * PAIR + Integer.BYTES)));
    }

    /** All entries, one after the other; for linkers that write no table to search in. */
    private Optional<FrameEntry> inOrder(long frames, long address) {
        int at = place(frames);
        while (true) {
            Block block = block(at);
            if (block.length() == 0) {
                return Optional.empty();
            }
            if (block.common() != 0) {
                FrameEntry entry = entryAt(at);
                if (entry.holds(address)) {
                    return Optional.of(entry);
                }
            }
            at = block.end();
        }
    }

    /**
     * A block of the table.
     *
     * @param length 0 for the last
     * @param idAt the place of the number that says what it is
     * @param common how far before {@code idAt} the common part is; 0 for a common part
     */
    private record Block(long length, int idAt, int common) {

        int end() {
            return Math.toIntExact(idAt + length);
        }
    }

    private Block block(int at) {
        Cursor cursor = cursor(at);
        int first = cursor.s32();
        long length = first == LONG_FORM ? cursor.u64() : Integer.toUnsignedLong(first);
        return new Block(length, cursor.at(), length == 0 ? 0 : content.getInt(cursor.at()));
    }

    private FrameEntry entryAt(int at) {
        Block block = block(at);
        Common common = common(block.idAt() - block.common());
        Cursor cursor = cursor(block.idAt() + Integer.BYTES);
        long start = cursor.address(common.values().encoding(), 0);
        long size = cursor.number(common.values().encoding());
        if (common.augmented()) {
            cursor.skipTo((int) cursor.unsigned() + cursor.at());
        }
        return new FrameEntry(common.values(), start, start + size, new Rule.Block(cursor.at(), block.end()));
    }

    /** A common part, and whether the entries have further data of their own. */
    private record Common(FrameEntry.Common values, boolean augmented) {}

    private Common common(int at) {
        Block block = block(at);
        Cursor cursor = cursor(block.idAt() + Integer.BYTES);
        int version = cursor.u8();
        String augmentation = text(cursor);
        long codeUnit = cursor.unsigned();
        long dataUnit = cursor.signed();
        int returnAddress = version == 1 ? cursor.u8() : (int) cursor.unsigned();
        int encoding = 0;
        boolean augmented = augmentation.startsWith("z");
        if (augmented) {
            int length = (int) cursor.unsigned();
            int end = cursor.at() + length;
            for (char letter : augmentation.substring(1).toCharArray()) {
                if (letter == 'R') {
                    encoding = cursor.u8();
                } else if (letter == 'P') {
                    cursor.number(cursor.u8());
                } else if (letter == 'L') {
                    cursor.u8();
                }
            }
            cursor.skipTo(end);
        } else if (!augmentation.isEmpty()) {
            throw NotUnwoundException.strangeTable();
        }
        return new Common(
                new FrameEntry.Common(
                        codeUnit,
                        dataUnit,
                        returnAddress,
                        encoding,
                        augmentation.indexOf(SIGNAL_FRAME) >= 0,
                        new Rule.Block(cursor.at(), block.end())),
                augmented);
    }

    private static String text(Cursor cursor) {
        StringBuilder text = new StringBuilder();
        for (int next = cursor.u8(); next != 0; next = cursor.u8()) {
            text.append((char) next);
        }
        return text.toString();
    }

    private int place(long address) {
        return loaded.stream()
                .filter(segment -> segment.hasAddress(address))
                .mapToInt(segment -> Math.toIntExact(segment.offset() + address - segment.address()))
                .findFirst()
                .orElseThrow(() -> NotUnwoundException.strangeTable());
    }

    private long addressOfPlace(int place) {
        return loaded.stream()
                .filter(segment -> Long.compareUnsigned(place - segment.offset(), segment.size()) < 0)
                .mapToLong(segment -> segment.address() + place - segment.offset())
                .findFirst()
                .orElse(place);
    }
}
