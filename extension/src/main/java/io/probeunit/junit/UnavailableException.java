package io.probeunit.junit;

import io.probeunit.ProbeException;

/** Says that no engine can work here. */
final class UnavailableException extends ProbeException {
    private static final long serialVersionUID = 1L;

    UnavailableException(String message) {
        super(message);
    }
}
