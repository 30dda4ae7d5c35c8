package io.probeunit.host.sidecar;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How the sidecar is made.
 *
 * @param image an image with Java 17 or later in its PATH, and the tools of engines; empty for one that is built
 * @param files files of this machine that are copied into its folder {@code /tmp}
 */
public record SidecarSettings(Optional<String> image, List<Path> files) {

    /** Keeps a copy of the list. */
    public SidecarSettings {
        files = List.copyOf(files);
    }

    /**
     * An image that is built, and nothing copied.
     *
     * @return the defaults
     */
    public static SidecarSettings defaults() {
        return new SidecarSettings(Optional.empty(), List.of());
    }
}
