package io.probeunit.internal.hosts;

import io.probeunit.ProbeException;

/**
 * The preflights of engines passed, but none could arm a test's probes. The engines of another host may; a test is not skipped for
 * this.
 */
public final class NotArmedException extends ProbeException {
    private static final long serialVersionUID = 1L;

    public NotArmedException(String message) {
        super(message);
    }
}
