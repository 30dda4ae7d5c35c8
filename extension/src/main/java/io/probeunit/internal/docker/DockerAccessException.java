package io.probeunit.internal.docker;

import io.probeunit.ProbeException;

/** Says that a Docker daemon did not answer as it should. */
public final class DockerAccessException extends ProbeException {
    private static final long serialVersionUID = 1L;

    public DockerAccessException(String message, Throwable cause) {
        super(message, cause);
    }
}
