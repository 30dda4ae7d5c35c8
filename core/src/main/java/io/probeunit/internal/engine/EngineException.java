package io.probeunit.internal.engine;

import io.probeunit.ProbeException;
import java.util.regex.Pattern;

/** An engine could not arm its probes, or a session was lost. */
public final class EngineException extends ProbeException {
    private static final long serialVersionUID = 1L;

    private static final Pattern NOT_SUPPORTED = Pattern.compile("(?i)(?:error:? |\\[)524\\b");

    public EngineException(String message) {
        super(explained(message));
    }

    public EngineException(String message, Throwable cause) {
        super(explained(message), cause);
    }

    /** {@code ENOTSUPP} has no text; perf, for example, prints that it is unknown. */
    private static String explained(String message) {
        return NOT_SUPPORTED.matcher(message).find()
                ? message
                        + " Error 524 means that Linux does not step over the instruction at one of these places, a function's first one or a mark's; probe the caller instead."
                : message;
    }
}
