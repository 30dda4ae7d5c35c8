package io.probeunit.internal.junit.settings;

import io.probeunit.internal.plan.PlanException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations as annotations and settings give them. */
public final class Durations {

    private static final Pattern SYNTAX = Pattern.compile("\\s*(\\d{1,9})\\s*(ms|s|m)\\s*");

    private Durations() {}

    /**
     * Reads {@code 500ms}, {@code 5s} or {@code 1m}.
     *
     * @return empty if it is none of these
     */
    static Optional<Duration> parse(String text) {
        Matcher syntax = SYNTAX.matcher(text);
        if (!syntax.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(syntax.group(1));
        return Optional.of(
                switch (syntax.group(2)) {
                    case "ms" -> Duration.ofMillis(number);
                    case "s" -> Duration.ofSeconds(number);
                    default -> Duration.ofMinutes(number);
                });
    }

    /** Reads the text of a {@code within} attribute, of which "" is "not given". */
    public static Optional<Duration> within(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(parse(text)
                .orElseThrow(() -> new PlanException(
                        "within = \"%s\" is not a duration; write a whole number with ms, s or m: \"500ms\", \"5s\", \"1m\"."
                                .formatted(text))));
    }
}
