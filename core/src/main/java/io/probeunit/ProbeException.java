package io.probeunit;

/**
 * A request about probes failed: for example a point does not exist, a container does not run, or an engine did not
 * arm. The message says what ProbeUnit looked for, where, what there is instead, and what to do.
 */
public class ProbeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ProbeException(String message) {
        super(message);
    }

    public ProbeException(String message, Throwable cause) {
        super(message, cause);
    }
}
