package io.probeunit.internal.unwind;

import io.probeunit.internal.host.FileContent;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * An ELF file with code at address 0x1000 and a table for it, written byte by byte. Its places are its addresses. Without a
 * header for the table, it has section headers.
 */
final class TinyElf {

    static final int CODE = 0x1000;

    private static final int HEADER = 0x2000;
    private static final int FRAMES = 0x3000;
    private static final int SIZE = 0x5000;

    private final ByteBuffer file = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
    private final List<int[]> entries = new ArrayList<>();
    private int at = FRAMES;
    private int common = FRAMES;

    TinyElf(boolean searchable) {
        file.putInt(0, 0x464c457f).putLong(32, 64).putShort(54, (short) 56).putShort(56, (short) (searchable ? 2 : 1));
        segment(64, 1, 5, 0, SIZE);
        if (searchable) {
            segment(64 + 56, 0x6474e550, 4, HEADER, 0x100);
        } else {
            file.putLong(40, 0x200).putShort(60, (short) 2).putShort(62, (short) 1);
            // the table, and the names
            file.putInt(0x200, 1).putLong(0x200 + 16, FRAMES).putLong(0x200 + 24, FRAMES);
            file.putInt(0x240, 11).putLong(0x240 + 24, 0x300);
            file.put(0x301, ".eh_frame\0.strtab".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }
    }

    private void segment(int header, int type, int flags, long offset, long size) {
        file.putInt(header, type).putInt(header + 4, flags);
        file.putLong(header + 8, offset).putLong(header + 16, offset).putLong(header + 32, size);
    }

    /** What the functions after it share. */
    TinyElf common(String augmentation, int returnAddress, int... program) {
        common = at;
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(1);
        augmentation.chars().forEach(body::write);
        body.write(0);
        body.write(1);
        body.write(0x78);
        body.write(returnAddress);
        if (augmentation.startsWith("z")) {
            body.write(1);
            // addresses relative to their places, four bytes
            body.write(0x1b);
        }
        write(0, body, program);
        return this;
    }

    /** A function. */
    TinyElf function(int start, int size, int... program) {
        entries.add(new int[] {start, at});
        ByteBuffer range = ByteBuffer.allocate(9).order(ByteOrder.LITTLE_ENDIAN);
        range.putInt(start - (at + 8)).putInt(size).put((byte) 0);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(range.array());
        write(at + 4 - common, body, program);
        return this;
    }

    private void write(int id, ByteArrayOutputStream body, int... program) {
        for (int one : program) {
            body.write(one);
        }
        file.putInt(at, 4 + body.size()).putInt(at + 4, id).put(at + 8, body.toByteArray());
        at += 8 + body.size();
    }

    ElfImage image() {
        return ElfImage.read(FileContent.of(bytes())).orElseThrow();
    }

    ByteBuffer bytes() {
        file.putInt(at, 0);
        file.put(HEADER, (byte) 1)
                .put(HEADER + 1, (byte) 0x1b)
                .put(HEADER + 2, (byte) 3)
                .put(HEADER + 3, (byte) 0x3b);
        file.putInt(HEADER + 4, FRAMES - (HEADER + 4)).putInt(HEADER + 8, entries.size());
        for (int i = 0; i < entries.size(); i++) {
            file.putInt(HEADER + 12 + i * 8, entries.get(i)[0] - HEADER);
            file.putInt(HEADER + 16 + i * 8, entries.get(i)[1] - HEADER);
        }
        return file;
    }
}
