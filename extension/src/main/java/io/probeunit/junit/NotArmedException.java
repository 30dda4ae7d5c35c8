package io.probeunit.junit;

import io.probeunit.ProbeException;

/**
 * Engines were ready, but none could arm a test's probes. The engines of another host may; a test is not skipped for
 * this.
 */
final class NotArmedException extends ProbeException {
    private static final long serialVersionUID = 1L;

    NotArmedException(String message) {
        super(message);
    }
}
