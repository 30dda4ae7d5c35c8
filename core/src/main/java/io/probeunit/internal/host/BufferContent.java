package io.probeunit.internal.host;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What is in memory, or mapped. */
final class BufferContent implements FileContent {

    private final ByteBuffer buffer;

    BufferContent(ByteBuffer buffer) {
        this.buffer = buffer.duplicate().rewind().order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public int limit() {
        return buffer.limit();
    }

    @Override
    public byte get(int at) {
        return buffer.get(at);
    }

    @Override
    public short getShort(int at) {
        return buffer.getShort(at);
    }

    @Override
    public int getInt(int at) {
        return buffer.getInt(at);
    }

    @Override
    public long getLong(int at) {
        return buffer.getLong(at);
    }

    @Override
    public void get(int at, byte[] to) {
        buffer.get(at, to);
    }

    @Override
    public FileContent slice(int at, int length) {
        return new BufferContent(buffer.slice(at, length));
    }
}
