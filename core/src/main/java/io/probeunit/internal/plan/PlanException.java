package io.probeunit.internal.plan;

/** Says that the text of an annotation, or a combination of its attributes, means nothing; how to mend it is in the message. */
public final class PlanException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what was found, and what is allowed instead
     */
    public PlanException(String message) {
        super(message);
    }
}
