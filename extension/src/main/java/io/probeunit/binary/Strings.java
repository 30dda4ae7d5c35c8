package io.probeunit.binary;

import java.nio.ByteBuffer;
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

    private final ByteBuffer content;
    private final int start;
    private final int end;
    private long budget;

    Strings(ByteBuffer content, int start, int end) {
        this.content = content;
        this.start = start;
        this.end = end;
        budget = 16L * (end - start) + 1024;
    }

    Strings(ByteBuffer content, Sections.Header table) {
        this(content, (int) table.offset(), (int) (table.offset() + table.size()));
    }

    /** The string at an offset from the start, or empty if it begins or ends outside holds a control character, or too much was read. */
    Optional<String> at(int offset) {
        if (offset < 0 || offset >= end - start || budget < 0) {
            return Optional.empty();
        }
        int from = start + offset;
        int to = from;
        while (to < end && isPrintable(content.get(to))) {
            to++;
        }
        budget -= to - from;
        if (to == end || content.get(to) != 0) {
            return Optional.empty();
        }
        byte[] bytes = new byte[to - from];
        content.get(from, bytes);
        return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    }

    /** A name with other bytes could not be asked for, and would break the messages and protocols it got into. */
    private static boolean isPrintable(byte b) {
        return b < 0 || b >= ' ' && b != 0x7f;
    }
}
