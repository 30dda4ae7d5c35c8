package io.probeunit.internal.host.sidecar;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How the sidecar is made.
 *
 * @param image the user's own image, with the tools of engines if tests need them; empty for our image
 * @param tools whether tools of engines are needed, for which our image is built; without them it holds our helper alone
 * @param files files of this machine that are copied into its folder {@code /tmp}
 */
public record SidecarSettings(Optional<String> image, boolean tools, List<Path> files) {

    /** Keeps a copy of the list. */
    public SidecarSettings {
        files = List.copyOf(files);
    }

    /**
     * Our helper alone, and nothing copied.
     *
     * @return the defaults
     */
    public static SidecarSettings defaults() {
        return new SidecarSettings(Optional.empty(), false, List.of());
    }

    /**
     * The same with the tools of engines.
     *
     * @return other settings
     */
    public SidecarSettings withTools() {
        return new SidecarSettings(image, true, files);
    }
}
