package io.probeunit.internal.host;

/** A program could not be started because it is not on the host. Installing it helps. */
public final class NoSuchProgramException extends HostException {
    private static final long serialVersionUID = 1L;

    public NoSuchProgramException(String message) {
        super(message);
    }

    public NoSuchProgramException(String message, Throwable cause) {
        super(message, cause);
    }
}
