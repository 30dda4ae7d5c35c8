package io.probeunit.junit;

import io.probeunit.ProbeException;

/** Says that engines were ready, and that none could arm a test's probes. Another host's may; it is no reason to skip. */
final class NotArmedException extends ProbeException {
    private static final long serialVersionUID = 1L;

    NotArmedException(String message) {
        super(message);
    }
}
