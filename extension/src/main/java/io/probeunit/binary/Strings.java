package io.probeunit.binary;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Names that end with a zero byte, in a part of a file. Read here since jelf decodes them in the platform's character
 * set, and runs over the end of a table that lacks its last zero.
 */
final class Strings {

    private final ByteBuffer content;
    private final int start;
    private final int end;

    Strings(ByteBuffer content, int start, int end) {
        this.content = content;
        this.start = start;
        this.end = end;
    }

    Strings(ByteBuffer content, Sections.Header table) {
        this(content, (int) table.offset(), (int) (table.offset() + table.size()));
    }

    /** The string at an offset from the start, or empty if it begins or ends outside or holds a control character. */
    Optional<String> at(int offset) {
        if (offset < 0 || offset >= end - start) {
            return Optional.empty();
        }
        int from = start + offset;
        int to = from;
        while (to < end) {
            byte b = content.get(to);
            if (b == 0) {
                byte[] bytes = new byte[to - from];
                content.get(from, bytes);
                return Optional.of(new String(bytes, StandardCharsets.UTF_8));
            }
            // such a name could not be asked for, and would break the messages and protocols it got into
            if (b > 0 && b < ' ' || b == 0x7f) {
                return Optional.empty();
            }
            to++;
        }
        return Optional.empty();
    }
}
