package io.probeunit.internal.docker;

import io.probeunit.ProbeException;

/** A Docker daemon gave no answer, or an unexpected one. */
public final class DockerAccessException extends ProbeException {
    private static final long serialVersionUID = 1L;

    public DockerAccessException(String message, Throwable cause) {
        super(message, cause);
    }
}
