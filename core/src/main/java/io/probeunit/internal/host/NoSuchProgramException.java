package io.probeunit.internal.host;

/** Says that a program could not be started since it is not on the host: whoever installs it has mended that. */
public final class NoSuchProgramException extends HostException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what was to be started
     */
    public NoSuchProgramException(String message) {
        super(message);
    }

    /**
     * Creates the exception.
     *
     * @param message what was to be started
     * @param cause how that was found out
     */
    public NoSuchProgramException(String message, Throwable cause) {
        super(message, cause);
    }
}
