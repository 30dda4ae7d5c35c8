package io.probeunit.internal.host.container;

import java.nio.file.Path;
import java.util.List;

/**
 * Settings of our tools in a container.
 *
 * @param files files of this machine that are copied into the folder {@code /tmp} that they see, and no process of the
 *     container does
 */
public record ContainerSettings(List<Path> files) {

    /** Keeps a copy of the list. */
    public ContainerSettings {
        files = List.copyOf(files);
    }

    /**
     * Nothing copied.
     *
     * @return the defaults
     */
    public static ContainerSettings defaults() {
        return new ContainerSettings(List.of());
    }
}
