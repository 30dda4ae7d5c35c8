package io.probeunit.engine;

import io.probeunit.ProbeException;

/** Says that an engine could not arm its probes, or that a session was lost. */
public final class EngineException extends ProbeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what was tried, what the tool said, and what to do
     */
    public EngineException(String message) {
        super(message);
    }

    /**
     * Creates the exception.
     *
     * @param message what was tried, what the tool said, and what to do
     * @param cause why
     */
    public EngineException(String message, Throwable cause) {
        super(message, cause);
    }
}
