package io.probeunit.internal.binary;

import io.probeunit.internal.host.FileContent;
import net.fornwall.jelf.BackingFile;
import net.fornwall.jelf.ElfException;

/**
 * Lets jelf read only the parts that it needs; by itself it reads whole files. It shows jelf no sections, which {@link
 * Sections} reads: if there are very many sections, jelf reads the number of program headers from the first section
 * header, although it is in its usual place.
 */
final class ContentAsBackingFile implements BackingFile {

    private static final int SECTIONS_FROM = 60;
    private static final int SECTIONS_TO = 64;

    private final FileContent content;
    private int position;

    ContentAsBackingFile(FileContent content) {
        this.content = content;
    }

    @Override
    public void seek(long offset) {
        if (offset < 0 || offset > content.limit()) {
            throw new ElfException("byte " + Long.toUnsignedString(offset) + " of " + content.limit() + " is meant");
        }
        position = (int) offset;
    }

    @Override
    public void skip(int bytesToSkip) {
        seek((long) position + bytesToSkip);
    }

    @Override
    public short readUnsignedByte() {
        need(1);
        int at = position++;
        return (short) (isOfSections(at) ? 0 : content.get(at) & 0xff);
    }

    @Override
    public int read(byte[] data) {
        need(data.length);
        int from = position;
        content.get(from, data);
        position += data.length;
        for (int at = Math.max(from, SECTIONS_FROM); at < Math.min(from + data.length, SECTIONS_TO); at++) {
            data[at - from] = 0;
        }
        return data.length;
    }

    private static boolean isOfSections(int at) {
        return at >= SECTIONS_FROM && at < SECTIONS_TO;
    }

    private void need(int bytes) {
        if (bytes > content.limit() - position) {
            throw new ElfException("%d bytes at %d of %d are meant".formatted(bytes, position, content.limit()));
        }
    }
}
