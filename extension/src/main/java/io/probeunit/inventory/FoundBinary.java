package io.probeunit.inventory;

import io.probeunit.host.FileContent;

/**
 * A binary of a container.
 *
 * @param path as in the container
 * @param content of the file
 */
record FoundBinary(String path, FileContent content) {}
