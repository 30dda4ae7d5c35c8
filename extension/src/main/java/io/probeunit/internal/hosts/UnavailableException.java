package io.probeunit.internal.hosts;

import io.probeunit.ProbeException;

/** Says that no engine can work here. */
public final class UnavailableException extends ProbeException {
    private static final long serialVersionUID = 1L;

    public UnavailableException(String message) {
        super(message);
    }
}
