package io.probeunit.internal.targets;

import io.probeunit.ProbeException;

/**
 * Says that a container runs, and that the host where engines would run does not see its processes or its cgroup, or may not
 * look at its files. From another host it may be probed.
 */
public final class ContainerOutOfReachException extends ProbeException {
    private static final long serialVersionUID = 1L;

    public ContainerOutOfReachException(String message) {
        super(message);
    }
}
