package io.probeunit.internal.binary;

/** Says that a file cannot be probed because of what it is; the message says what was found, and what to do. */
public final class BinaryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BinaryException(String message) {
        super(message);
    }

    public BinaryException(String message, Throwable cause) {
        super(message, cause);
    }
}
