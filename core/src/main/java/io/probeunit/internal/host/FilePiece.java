package io.probeunit.internal.host;

import java.util.Optional;

/**
 * A piece of a file.
 *
 * @param bytes fewer than asked for where the file ends before
 * @param file which file was at the path when they had been read, in which state; empty if there was none any more
 */
public record FilePiece(byte[] bytes, Optional<FileIdentity> file) {}
