package io.probeunit.target;

import io.probeunit.ProbeException;

/** Says that a container runs, and that its processes are not those of the host where engines would run. */
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
