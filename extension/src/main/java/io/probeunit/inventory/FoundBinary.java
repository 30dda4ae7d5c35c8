package io.probeunit.inventory;

import java.nio.ByteBuffer;

/**
 * A binary of a container.
 *
 * @param path as in the container
 * @param content the whole file
 */
record FoundBinary(String path, ByteBuffer content) {}
