package io.probeunit.internal.inventory;

import io.probeunit.internal.binary.DebugFiles;
import io.probeunit.internal.host.FileContent;

/**
 * A binary of a container.
 *
 * @param path as in the container
 * @param content of the file
 * @param debugFiles where its split symbols are looked for
 */
record FoundBinary(String path, FileContent content, DebugFiles debugFiles) {}
