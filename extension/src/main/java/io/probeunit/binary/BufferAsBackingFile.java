package io.probeunit.binary;

import java.nio.ByteBuffer;
import net.fornwall.jelf.BackingFile;
import net.fornwall.jelf.ElfException;

/** Lets jelf read any buffer; of its own it takes mapped ones only. */
final class BufferAsBackingFile implements BackingFile {

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
        return (short) (content.get() & 0xff);
    }

    @Override
    public int read(byte[] data) {
        need(data.length);
        content.get(data);
        return data.length;
    }

    private void need(int bytes) {
        if (bytes > content.remaining()) {
            throw new ElfException(
                    "%d bytes at %d of %d are meant".formatted(bytes, content.position(), content.limit()));
        }
    }
}
