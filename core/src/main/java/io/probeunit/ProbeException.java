package io.probeunit;

/**
 * Says that a question about probes has no answer: a point that is not there, a container that does not run, an engine
 * that did not arm. The message names what was looked for, where, what is there instead, and what to do.
 */
public class ProbeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message the whole story
     */
    public ProbeException(String message) {
        super(message);
    }

    /**
     * Creates the exception.
     *
     * @param message the whole story
     * @param cause why
     */
    public ProbeException(String message, Throwable cause) {
        super(message, cause);
    }
}
