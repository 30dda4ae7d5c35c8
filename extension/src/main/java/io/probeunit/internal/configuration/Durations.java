package io.probeunit.internal.configuration;

import io.probeunit.internal.plan.PlanException;
import io.probeunit.internal.settings.Values;
import java.time.Duration;
import java.util.Optional;

/** Reads durations as annotations give them. */
public final class Durations {

    private Durations() {}

    /** Reads the text of a {@code within} attribute, of which "" is "not given". */
    public static Optional<Duration> within(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Values.Time.parse(text)
                .orElseThrow(() -> new PlanException(
                        "within = \"%s\" is not a duration; write a whole number with ms, s or m (PU0238): \"500ms\", \"5s\", \"1m\"."
                                .formatted(text))));
    }
}
