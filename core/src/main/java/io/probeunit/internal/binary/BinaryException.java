package io.probeunit.internal.binary;

/** A file of this kind cannot be probed; the message says what it is, and what to do. */
public final class BinaryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BinaryException(String message) {
        super(message);
    }

    public BinaryException(String message, Throwable cause) {
        super(message, cause);
    }
}
