package io.probeunit.internal.binary;

import io.probeunit.internal.host.FileContent;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Names that end with a zero byte, in a part of a file. Read here since jelf decodes them in the platform's character
 * set, and runs over the end of a table that lacks its last zero.
 *
 * <p>Strings may share their ends, but not without bound: a damaged table, in which every symbol has a name of megabytes,
 * would take all memory.
 */
final class Strings {

    private final byte[] bytes;

    private long budget;

    Strings(FileContent content, int start, int end) {
        bytes = new byte[end - start];
        content.get(start, bytes);
        budget = 16L * bytes.length + 1024;
    }

    Strings(FileContent content, Sections.Header table) {
        this(content, (int) table.offset(), (int) (table.offset() + table.size()));
    }

    /** The string at an offset from the start, or empty if it begins or ends outside, holds a control character, or too much was read. */
    Optional<String> at(int offset) {
        if (offset < 0 || offset >= bytes.length || budget < 0) {
            return Optional.empty();
        }
        int to = offset;
        while (to < bytes.length && isPrintable(bytes[to])) {
            to++;
        }
        budget -= to - offset;
        if (to == bytes.length || bytes[to] != 0) {
            return Optional.empty();
        }
        return Optional.of(new String(bytes, offset, to - offset, StandardCharsets.UTF_8));
    }

    /** A name with other bytes could not be asked for, and would break the messages and protocols it got into. */
    private static boolean isPrintable(byte b) {
        return b < 0 || b >= ' ' && b != 0x7f;
    }
}
