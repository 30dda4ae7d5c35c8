package io.probeunit.internal.binary;

import io.probeunit.internal.host.FileContent;
import java.nio.charset.StandardCharsets;
import net.fornwall.jelf.ElfFile;
import net.fornwall.jelf.ElfSectionHeader;

/** Distinguishes files that can be read from all others; those are refused, and the message says what they are. */
final class FileKind {

    private static final int HEADER = 64;
    private static final int TYPE_AT = 16;
    private static final int MACHINE_X86_64 = 62;
    private static final int MACHINE_AARCH64 = 183;
    private static final int SCRIPT_LINE = 80;

    private FileKind() {}

    static Architecture architecture(short machine) {
        return switch (machine & 0xffff) {
            case MACHINE_X86_64 -> Architecture.X86_64;
            case MACHINE_AARCH64 -> Architecture.AARCH64;
            default -> Architecture.OTHER;
        };
    }

    static void check(FileContent content, String path) {
        if (content.limit() == 0) {
            throw new BinaryException(
                    "%s is empty. Name the program's own file (PU0602); if it is being written, wait until it is there."
                            .formatted(path));
        }
        if (startsWith(content, '#', '!')) {
            throw new BinaryException("%s starts with '%s': it is a script. Name the program that it runs (PU0603)."
                    .formatted(path, firstLine(content)));
        }
        if (!startsWith(content, 0x7f, 'E', 'L', 'F')) {
            throw new BinaryException(
                    "%s is not an ELF file: it starts with %s (PU0604). Name a program or a shared library for Linux."
                            .formatted(path, firstBytes(content)));
        }
        if (content.limit() < HEADER) {
            throw new BinaryException("%s is truncated: it has %d bytes, and an ELF header has %d. Copy it again."
                    .formatted(path, content.limit(), HEADER));
        }
        checkIdentification(content, path);
        checkType(content.getShort(TYPE_AT) & 0xffff, path);
    }

    private static void checkIdentification(FileContent content, String path) {
        int wordSize = content.get(4);
        int byteOrder = content.get(5);
        if (wordSize == ElfFile.CLASS_32) {
            throw new BinaryException(
                    "%s is a 32-bit program (PU0605); only 64-bit programs can be probed. Use a 64-bit build."
                            .formatted(path));
        }
        if (byteOrder == ElfFile.DATA_MSB) {
            throw new BinaryException(
                    "%s is a big-endian program (PU0606); only little-endian programs can be probed (x86-64, arm64)."
                            .formatted(path));
        }
        if (wordSize != ElfFile.CLASS_64 || byteOrder != ElfFile.DATA_LSB) {
            throw new BinaryException(
                    "%s is a damaged ELF file (PU0601): class %d and byte order %d are unknown. Copy or build it again."
                            .formatted(path, wordSize, byteOrder));
        }
    }

    private static void checkType(int type, String path) {
        if (type == ElfFile.ET_REL) {
            throw new BinaryException(
                    "%s is an object file or kernel module, which processes do not map directly (PU0607). Name the program or library that it was linked into."
                            .formatted(path));
        }
        if (type == ElfFile.ET_CORE) {
            throw new BinaryException(
                    "%s is a core dump (PU0608). Name the program that it came from.".formatted(path));
        }
        if (type != ElfFile.ET_EXEC && type != ElfFile.ET_DYN) {
            throw new BinaryException(
                    "%s is neither a program nor a shared library (PU0609): its ELF type is %d.".formatted(path, type));
        }
    }

    /** Refuses what {@code objcopy --only-keep-debug} leaves: all headers, but no content of what is loaded. */
    static void checkHasCode(Sections sections, String path) {
        boolean codeMissing = sections.headers().stream()
                .anyMatch(section ->
                        section.executable() && section.type() == ElfSectionHeader.SHT_NOBITS && section.size() > 0);
        if (codeMissing) {
            throw new BinaryException(
                    "%s has only debug information (PU0610). Name the program that it was split from.".formatted(path));
        }
    }

    private static boolean startsWith(FileContent content, int... bytes) {
        if (content.limit() < bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if (content.get(i) != (byte) bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private static String firstLine(FileContent content) {
        byte[] start = new byte[Math.min(content.limit(), SCRIPT_LINE)];
        content.get(0, start);
        String line =
                new String(start, StandardCharsets.UTF_8).lines().findFirst().orElse("");
        return line.replaceAll("\\p{Cntrl}", "\ufffd").strip();
    }

    private static String firstBytes(FileContent content) {
        StringBuilder bytes = new StringBuilder("bytes");
        for (int i = 0; i < Math.min(content.limit(), 4); i++) {
            bytes.append(" %02x".formatted(content.get(i)));
        }
        return bytes.toString();
    }
}
