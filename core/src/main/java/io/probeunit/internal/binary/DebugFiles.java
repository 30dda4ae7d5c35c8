package io.probeunit.internal.binary;

import io.probeunit.internal.host.FileContent;
import java.util.Optional;

/** Where the symbols that were split from a program are looked for: files beside the program, by the paths that it has. */
@FunctionalInterface
public interface DebugFiles {

    /**
     * Opens a file.
     *
     * @param path absolute, as in the container
     * @return its content; empty if there is no such file, or it cannot be read
     */
    Optional<FileContent> content(String path);

    /**
     * No files.
     *
     * @return finds nothing
     */
    static DebugFiles none() {
        return path -> Optional.empty();
    }
}
