package io.probeunit.internal.plan;

/**
 * The text of an annotation, or a combination of its attributes, has no meaning; the message says how to correct it.
 */
public final class PlanException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PlanException(String message) {
        super(message);
    }

    public PlanException(String message, Throwable cause) {
        super(message, cause);
    }
}
