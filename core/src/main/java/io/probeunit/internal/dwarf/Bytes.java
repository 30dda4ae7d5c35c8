package io.probeunit.internal.dwarf;

import io.probeunit.internal.host.FileContent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The bytes of a section, or of a part of it; places count from the section's begin. Immutable and thread-safe. */
final class Bytes {

    /** Names of C++ templates are long. */
    private static final int LONGEST_TEXT = 1 << 16;

    private static final int STEP = 64;

    private final String path;
    private final String name;
    private final FileContent content;
    private final int shift;
    private final int from;
    private final int to;

    private Bytes(String path, String name, FileContent content, int shift, int from, int to) {
        this.path = path;
        this.name = name;
        this.content = content;
        this.shift = shift;
        this.from = from;
        this.to = to;
    }

    static Bytes of(DebugSection section, String path) {
        if (section.compressed()) {
            FileContent inflated = Inflated.of(section, path);
            return new Bytes(path, section.name(), inflated, 0, 0, inflated.limit());
        }
        return new Bytes(path, section.name(), section.file(), section.offset(), 0, section.size());
    }

    /** A section that the file does not have. */
    static Bytes none(String name, String path) {
        return new Bytes(path, name, FileContent.of(ByteBuffer.allocate(0)), 0, 0, 0);
    }

    /** A part that is read at once. */
    Bytes part(int begin, int end) {
        check(begin, end - begin);
        return new Bytes(path, name, content.slice(begin + shift, end - begin), -begin, begin, end);
    }

    int end() {
        return to;
    }

    boolean isEmpty() {
        return to == from;
    }

    int u8(int at) {
        check(at, 1);
        return content.get(at + shift) & 0xff;
    }

    int u16(int at) {
        check(at, 2);
        return content.getShort(at + shift) & 0xffff;
    }

    long u32(int at) {
        check(at, 4);
        return content.getInt(at + shift) & 0xffffffffL;
    }

    long u64(int at) {
        check(at, 8);
        return content.getLong(at + shift);
    }

    /** Text up to its zero byte. */
    String text(long at) {
        int begin = place(at);
        int end = textEnd(begin);
        byte[] text = new byte[end - begin];
        content.get(begin + shift, text);
        return new String(text, StandardCharsets.UTF_8);
    }

    /** The place of the zero byte behind a text. */
    int textEnd(int begin) {
        byte[] some = new byte[STEP];
        for (int at = begin; at - begin < LONGEST_TEXT; at += STEP) {
            int length = Math.min(STEP, to - at);
            check(at, Math.max(1, length));
            byte[] step = length == STEP ? some : new byte[length];
            content.get(at + shift, step);
            for (int i = 0; i < length; i++) {
                if (step[i] == 0) {
                    return at + i;
                }
            }
        }
        throw damaged("endless text, 0x%x".formatted(begin));
    }

    /** Whether a text is at a place. */
    boolean hasText(long at, byte[] text) {
        int begin = place(at);
        if (text.length >= to - begin || u8(begin + text.length) != 0) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            if (content.get(begin + shift + i) != text[i]) {
                return false;
            }
        }
        return true;
    }

    /** A place as the section has it. */
    int place(long at) {
        if (at < from || at >= to) {
            throw damaged(to == 0 ? "missing, byte 0x%x".formatted(at) : "byte 0x%x of 0x%x".formatted(at, to));
        }
        return (int) at;
    }

    DwarfException damaged(String what) {
        return DwarfException.damaged(path, name, what);
    }

    private void check(int at, int length) {
        if (at < from || length < 0 || length > to - at) {
            throw damaged("%d bytes at 0x%x of 0x%x".formatted(length, at, to));
        }
    }
}
