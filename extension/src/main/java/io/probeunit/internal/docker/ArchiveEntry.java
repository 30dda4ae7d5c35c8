package io.probeunit.internal.docker;

import java.nio.ByteBuffer;

/** What is at a path in a container, as the daemon's archive shows it; the last name of the path is not followed. */
public sealed interface ArchiveEntry {

    /**
     * A regular file.
     *
     * @param content all of it, for reading only, from 0 to the file's size in bytes
     */
    record File(ByteBuffer content) implements ArchiveEntry {}

    /**
     * A symbolic link.
     *
     * @param to as the link has it: absolute, or from the folder that the link really lies in
     */
    record Link(String to) implements ArchiveEntry {}

    /**
     * Anything else.
     *
     * @param kind for messages, such as {@code a folder}
     */
    record Other(String kind) implements ArchiveEntry {}
}
