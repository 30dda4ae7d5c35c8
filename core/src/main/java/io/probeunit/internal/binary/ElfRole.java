package io.probeunit.internal.binary;

import io.probeunit.internal.host.FileContent;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The purpose of an ELF file, from its headers; System V gABI, chapter 5, and DF_1_PIE of the Linux linkers.
 *
 * @param program whether a process is begun with it; false for a library, and for the dynamic loader
 * @param interpreted whether it asks for a dynamic loader, which maps libraries for it
 * @param soname the name by which others ask for it; empty text if it has none
 */
public record ElfRole(boolean program, boolean interpreted, String soname) {

    private static final int HEADER = 64;
    private static final int PROGRAM_HEADER = 56;
    private static final int MOST_PROGRAM_HEADERS = 1_000;
    private static final int MOST_DYNAMIC = 1 << 16;
    private static final int LONGEST_NAME = 256;
    private static final int ELF_MAGIC = 0x464c457f;
    private static final int CLASS_64_LITTLE = 0x0102;
    private static final int ET_EXEC = 2;
    private static final int PT_LOAD = 1;
    private static final int PT_DYNAMIC = 2;
    private static final int PT_INTERP = 3;
    private static final long DT_NULL = 0;
    private static final long DT_STRTAB = 5;
    private static final long DT_SONAME = 14;
    private static final long DT_FLAGS_1 = 0x6ffffffbL;
    private static final long DF_1_PIE = 0x08000000L;

    /**
     * Reads what tells the role.
     *
     * @param file the file
     * @return empty if it is no 64-bit little-endian ELF file, or is damaged
     */
    public static Optional<ElfRole> read(FileContent file) {
        FileContent header = bytes(file, 0, HEADER);
        if (header.limit() < HEADER || header.getInt(0) != ELF_MAGIC || header.getShort(4) != CLASS_64_LITTLE) {
            return Optional.empty();
        }
        int count = header.getShort(56) & 0xffff;
        if (header.getShort(54) != PROGRAM_HEADER || count > MOST_PROGRAM_HEADERS) {
            return Optional.empty();
        }
        FileContent segments = bytes(file, header.getLong(32), count * PROGRAM_HEADER);
        boolean interpreted = false;
        Dynamic dynamic = Dynamic.NONE;
        for (int at = 0; at + PROGRAM_HEADER <= segments.limit(); at += PROGRAM_HEADER) {
            int type = segments.getInt(at);
            interpreted |= type == PT_INTERP;
            if (type == PT_DYNAMIC) {
                int size = (int) Math.min(MOST_DYNAMIC, Math.max(0, segments.getLong(at + 32)));
                dynamic = Dynamic.read(bytes(file, segments.getLong(at + 8), size));
            }
        }
        String soname = dynamic.soname() < 0 ? "" : text(file, offset(segments, dynamic.strings()) + dynamic.soname());
        boolean program = header.getShort(16) == ET_EXEC || dynamic.pie() || interpreted && soname.isEmpty();
        return Optional.of(new ElfRole(program, interpreted, soname));
    }

    /** What is asked of the dynamic section; the name's place is negative if there is none. */
    private record Dynamic(long strings, long soname, boolean pie) {

        static final Dynamic NONE = new Dynamic(0, -1, false);

        static Dynamic read(FileContent entries) {
            Dynamic read = NONE;
            for (int at = 0; at + 16 <= entries.limit() && entries.getLong(at) != DT_NULL; at += 16) {
                read = read.with(entries.getLong(at), entries.getLong(at + 8));
            }
            return read;
        }

        private Dynamic with(long tag, long value) {
            if (tag == DT_STRTAB) {
                return new Dynamic(value, soname, pie);
            }
            if (tag == DT_SONAME) {
                return new Dynamic(strings, value, pie);
            }
            return tag == DT_FLAGS_1 ? new Dynamic(strings, soname, (value & DF_1_PIE) != 0) : this;
        }
    }

    private static long offset(FileContent segments, long address) {
        for (int at = 0; at + PROGRAM_HEADER <= segments.limit(); at += PROGRAM_HEADER) {
            long inSegment = address - segments.getLong(at + 16);
            if (segments.getInt(at) == PT_LOAD && Long.compareUnsigned(inSegment, segments.getLong(at + 32)) < 0) {
                return segments.getLong(at + 8) + inSegment;
            }
        }
        return address;
    }

    private static String text(FileContent file, long offset) {
        FileContent there = bytes(file, offset, LONGEST_NAME);
        byte[] bytes = new byte[there.limit()];
        there.get(0, bytes);
        String text = new String(bytes, StandardCharsets.UTF_8);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    /** Fewer where the file ends before. */
    private static FileContent bytes(FileContent file, long offset, int length) {
        int begin = (int) (offset < 0 ? file.limit() : Math.min(offset, file.limit()));
        return file.slice(begin, Math.min(length, file.limit() - begin));
    }
}
