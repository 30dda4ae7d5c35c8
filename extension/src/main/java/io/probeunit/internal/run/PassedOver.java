package io.probeunit.internal.run;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Tells why engines and hosts were passed over, each reason once in a run. Thread-safe. */
public final class PassedOver {

    private final Map<String, String> toldBy = new ConcurrentHashMap<>();

    /**
     * A line about one of them.
     *
     * @param reason begins with what was passed over, up to a colon
     * @param test in whose failure or report the line is
     * @return the reason; or where it is, if another test has it
     */
    public String tell(String reason, String test) {
        String first = toldBy.computeIfAbsent(reason, key -> test);
        return first.equals(test) ? reason : "%s, for the reason that %s has".formatted(reason.split(":", 2)[0], first);
    }
}
