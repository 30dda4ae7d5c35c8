package io.probeunit.internal.targets;

import java.util.Optional;

/** A container whose daemon can be asked about it. Thread-safe. */
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
