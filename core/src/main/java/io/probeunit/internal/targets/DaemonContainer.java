package io.probeunit.internal.targets;

import java.util.Optional;

/** A container that can be asked about at its daemon. Thread-safe. */
@FunctionalInterface
public interface DaemonContainer {

    /**
     * What the daemon says of the container now.
     *
     * @return its state; empty if there is no such container (not created yet, or removed)
     * @throws RuntimeException if the daemon does not answer
     */
    Optional<ContainerStatus> status();
}
