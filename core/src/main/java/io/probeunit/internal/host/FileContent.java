package io.probeunit.internal.host;

import java.nio.ByteBuffer;

/**
 * The bytes of a file, for reading only, little-endian, at places that count from its begin. Immutable as far as the file is,
 * and thread-safe.
 *
 * <p>What is asked outside of 0 to {@link #limit()} is an {@link IndexOutOfBoundsException}, as with {@link ByteBuffer}. What
 * cannot be read is a {@link HostException}.
 */
public interface FileContent {

    /**
     * The number of bytes.
     *
     * @return at most 2 GiB
     */
    int limit();

    /**
     * One byte.
     *
     * @param at its place
     * @return with its sign
     */
    byte get(int at);

    /**
     * Two bytes.
     *
     * @param at the place of the first
     * @return with their sign
     */
    short getShort(int at);

    /**
     * Four bytes.
     *
     * @param at the place of the first
     * @return with their sign
     */
    int getInt(int at);

    /**
     * Eight bytes.
     *
     * @param at the place of the first
     * @return with their sign
     */
    long getLong(int at);

    /**
     * Copies bytes.
     *
     * @param at the place of the first
     * @param to is filled
     */
    void get(int at, byte[] to);

    /**
     * A part, which is read at once, as it will be needed.
     *
     * @param at where it begins
     * @param length in bytes
     * @return its places count from its own begin
     */
    FileContent slice(int at, int length);

    /** Reads parts of one file. */
    @FunctionalInterface
    interface Source {

        /**
         * Reads.
         *
         * @param offset where the part begins
         * @param length in bytes; all of it is in the file
         * @return that many bytes, of the file as it was from the first
         * @throws HostException if there are none such
         */
        byte[] read(int offset, int length);
    }

    /**
     * What is read when it is asked for.
     *
     * @param limit the size of the file in bytes
     * @param source what reads; a part that is large, and what goes on where it left off, it is asked for at once
     * @return the file, of which nothing is read yet
     */
    static FileContent inParts(int limit, Source source) {
        return new PagedContent(limit, source);
    }

    /**
     * What is in memory already.
     *
     * @param buffer from 0 to its limit, whatever its position and order; neither changed nor copied
     * @return the same bytes
     */
    static FileContent of(ByteBuffer buffer) {
        return new BufferContent(buffer);
    }
}
