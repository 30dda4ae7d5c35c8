package io.probeunit.internal.targets;

import io.probeunit.ProbeException;

/**
 * A container runs, but this host does not see its processes or its cgroup, or may not look at its files. Another host
 * may be able to probe it.
 */
public final class ContainerOutOfReachException extends ProbeException {
    private static final long serialVersionUID = 1L;

    public ContainerOutOfReachException(String message) {
        super(message);
    }
}
