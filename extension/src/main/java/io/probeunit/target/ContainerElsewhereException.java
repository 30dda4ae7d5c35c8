package io.probeunit.target;

import io.probeunit.ProbeException;

/**
 * Says that a container runs, and that its processes or its cgroup are not those which the host sees where engines would run.
 * From another host it may be probed.
 */
public final class ContainerElsewhereException extends ProbeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what the daemon says, what is here instead, and what to do
     */
    public ContainerElsewhereException(String message) {
        super(message);
    }
}
