package io.probeunit.internal.binary;

import io.probeunit.internal.host.FileContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.fornwall.jelf.ElfSectionHeader;

/**
 * The section headers. Read here since jelf gives out a header only with the parsed content of its section: it would
 * parse relocations that nobody needs, and allocate as much as a damaged header asks for.
 *
 * @param headers by index
 */
record Sections(List<Header> headers) {

    private static final int TABLE_AT = 40;
    private static final int ENTRY_SIZE_AT = 58;
    private static final int COUNT_AT = 60;
    private static final int NAMES_AT = 62;
    private static final int ENTRY = 64;
    private static final int LINK_AT = 40;
    private static final int SHN_XINDEX = 0xffff;
    private static final long EXECUTABLE = 4;
    private static final long COMPRESSED = 0x800;

    /**
     * A section's place.
     *
     * @param index in the table
     * @param name empty if it cannot be read
     * @param type SHT_…
     * @param executable holds instructions
     * @param compressed begins with the header of a compressed section
     * @param address in memory, 0 if it is not loaded
     * @param offset in the file
     * @param size in bytes
     * @param link another section's index
     * @param alignment in bytes
     * @param entrySize in bytes
     * @param inFile true if the whole content is in the file
     */
    record Header(
            int index,
            String name,
            int type,
            boolean executable,
            boolean compressed,
            long address,
            long offset,
            long size,
            int link,
            long alignment,
            long entrySize,
            boolean inFile) {

        Header named(String newName) {
            return new Header(
                    index,
                    newName,
                    type,
                    executable,
                    compressed,
                    address,
                    offset,
                    size,
                    link,
                    alignment,
                    entrySize,
                    inFile);
        }
    }

    static Sections read(FileContent content, String path) {
        long table = content.getLong(TABLE_AT);
        if (table == 0) {
            return new Sections(List.of());
        }
        long count = count(content, table);
        if (count == 0) {
            return new Sections(List.of());
        }
        int entrySize = content.getShort(ENTRY_SIZE_AT) & 0xffff;
        long end = table + count * ENTRY;
        if (entrySize != ENTRY) {
            throw new BinaryException(
                    "%s is a damaged ELF file (PU0601): a section header has %d bytes instead of %d. Copy or build it again."
                            .formatted(path, entrySize, ENTRY));
        }
        if (table < 0 || end < table || end > content.limit()) {
            throw new BinaryException(
                    "%s is truncated: its section headers end at byte %s, and it has %d bytes. Copy it again."
                            .formatted(path, Long.toUnsignedString(end), content.limit()));
        }
        List<Header> unnamed = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            unnamed.add(header(content, i, (int) table + i * ENTRY));
        }
        int names = names(content, (int) table);
        if (names < 0 || names >= count || !unnamed.get(names).inFile()) {
            return new Sections(unnamed);
        }
        Strings strings = new Strings(content, unnamed.get(names));
        List<Header> headers = new ArrayList<>();
        for (Header header : unnamed) {
            int nameAt = content.getInt((int) table + header.index() * ENTRY);
            headers.add(header.named(strings.at(nameAt).orElse("")));
        }
        return new Sections(headers);
    }

    /** A number that is too large for the header of the file stands in the first section's: gABI, "ELF Header". */
    private static long count(FileContent content, long table) {
        int count = content.getShort(COUNT_AT) & 0xffff;
        if (count > 0 || table < 0 || table > content.limit() - ENTRY) {
            return count;
        }
        Header first = header(content, 0, (int) table);
        boolean fits = first.size() >= 0 && first.size() <= (content.limit() - table) / ENTRY;
        return first.type() == ElfSectionHeader.SHT_NULL && fits ? first.size() : 0;
    }

    private static int names(FileContent content, int table) {
        int names = content.getShort(NAMES_AT) & 0xffff;
        return names == SHN_XINDEX ? content.getInt(table + LINK_AT) : names;
    }

    private static Header header(FileContent content, int index, int at) {
        int type = content.getInt(at + 4);
        long offset = content.getLong(at + 24);
        long size = content.getLong(at + 32);
        boolean inFile = type != ElfSectionHeader.SHT_NOBITS
                && offset >= 0
                && size >= 0
                && offset <= content.limit()
                && size <= content.limit() - offset;
        return new Header(
                index,
                "",
                type,
                (content.getLong(at + 8) & EXECUTABLE) != 0,
                (content.getLong(at + 8) & COMPRESSED) != 0,
                content.getLong(at + 16),
                offset,
                size,
                content.getInt(at + 40),
                content.getLong(at + 48),
                content.getLong(at + 56),
                inFile);
    }

    /** Says whether an address is in a section with instructions; true as well where no section tells. */
    boolean mayHoldCode(long address) {
        return headers.isEmpty()
                || headers.stream()
                        .anyMatch(header -> header.executable()
                                && Long.compareUnsigned(address - header.address(), header.size()) < 0);
    }

    Optional<Header> ofType(int type) {
        return headers.stream().filter(header -> header.type() == type).findFirst();
    }

    Optional<Header> named(String name) {
        return headers.stream().filter(header -> header.name().equals(name)).findFirst();
    }

    Optional<Header> at(int index) {
        return index > 0 && index < headers.size() ? Optional.of(headers.get(index)) : Optional.empty();
    }
}
