package io.probeunit.host;

/** Says that a file, a process or the kernel of a host could not be reached. */
public sealed class HostException extends RuntimeException permits NoSuchProgramException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what was tried, and what happened
     */
    public HostException(String message) {
        super(message);
    }

    /**
     * Creates the exception.
     *
     * @param message what was tried, and what happened
     * @param cause why
     */
    public HostException(String message, Throwable cause) {
        super(message, cause);
    }
}
