package io.probeunit.internal.inventory;

import io.probeunit.internal.host.FileContent;

/**
 * A binary of a container.
 *
 * @param path as in the container
 * @param content of the file
 */
record FoundBinary(String path, FileContent content) {}
