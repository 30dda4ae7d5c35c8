package io.probeunit.internal.dwarf;

import java.util.Optional;

/** An ELF file with debug information. Immutable and thread-safe. */
public interface DebugFile {

    /**
     * The path.
     *
     * @return as in the container; for messages
     */
    String path();

    /**
     * Finds a section.
     *
     * @param name with its dot
     * @return empty if the file has none
     */
    Optional<DebugSection> section(String name);

    /**
     * The file with what several debug files share ({@code .gnu_debugaltlink}), which {@code dwz} makes.
     *
     * @return empty if there is none, or it has another build-id
     */
    Optional<DebugFile> supplementary();
}
