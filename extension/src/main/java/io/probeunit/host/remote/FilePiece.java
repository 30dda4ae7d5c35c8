package io.probeunit.host.remote;

import io.probeunit.host.HostException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A part of a file, since a library may be larger than a line should be.
 *
 * @param size of the whole file, in bytes
 * @param bytes the part, shorter than asked at the end of the file
 */
record FilePiece(long size, byte[] bytes) {

    static FilePiece read(String path, long offset, int length) {
        try (FileChannel channel = FileChannel.open(Path.of(path), StandardOpenOption.READ)) {
            long size = channel.size();
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.max(0, Math.min(length, size - offset)));
            while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) >= 0) {
                // goes on until the buffer is full
            }
            return new FilePiece(size, buffer.array());
        } catch (IOException e) {
            throw new HostException("Could not read %s: %s".formatted(path, e), e);
        }
    }
}
