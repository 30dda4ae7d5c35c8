package io.probeunit.binary;

import java.nio.ByteBuffer;
import net.fornwall.jelf.BackingFile;
import net.fornwall.jelf.ElfException;

/**
 * Lets jelf read any buffer; of its own it takes mapped ones only. Shows it no sections, which are read in {@link Sections}:
 * where there are very many, jelf takes the number of program headers from the first section's, though it stands where it
 * always does.
 */
final class BufferAsBackingFile implements BackingFile {

    private static final int SECTIONS_FROM = 60;
    private static final int SECTIONS_TO = 64;

    private final ByteBuffer content;

    BufferAsBackingFile(ByteBuffer content) {
        this.content = content;
    }

    @Override
    public void seek(long offset) {
        if (offset < 0 || offset > content.limit()) {
            throw new ElfException("byte " + Long.toUnsignedString(offset) + " of " + content.limit() + " is meant");
        }
        content.position((int) offset);
    }

    @Override
    public void skip(int bytesToSkip) {
        seek((long) content.position() + bytesToSkip);
    }

    @Override
    public short readUnsignedByte() {
        need(1);
        byte there = content.get();
        return (short) (isOfSections(content.position() - 1) ? 0 : there & 0xff);
    }

    @Override
    public int read(byte[] data) {
        need(data.length);
        int from = content.position();
        content.get(data);
        for (int at = Math.max(from, SECTIONS_FROM); at < Math.min(from + data.length, SECTIONS_TO); at++) {
            data[at - from] = 0;
        }
        return data.length;
    }

    private static boolean isOfSections(int at) {
        return at >= SECTIONS_FROM && at < SECTIONS_TO;
    }

    private void need(int bytes) {
        if (bytes > content.remaining()) {
            throw new ElfException(
                    "%d bytes at %d of %d are meant".formatted(bytes, content.position(), content.limit()));
        }
    }
}
