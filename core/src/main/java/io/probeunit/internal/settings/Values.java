package io.probeunit.internal.settings;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a setting may be set to. */
public sealed interface Values {

    /** For users: the values, or how one is written. */
    String text();

    /**
     * Checks a value that somebody has set.
     *
     * @return the value as it is written in the list of those allowed; empty if it is not allowed
     */
    Optional<String> checked(String value);

    /**
     * One of several words, in upper or lower case.
     *
     * @param allowed all of them
     */
    record Choice(List<String> allowed) implements Values {

        /** Keeps a copy of the list. */
        public Choice {
            allowed = List.copyOf(allowed);
        }

        /** All constants of an enum. */
        public static Choice of(Class<? extends Enum<?>> type) {
            return new Choice(Stream.of(type.getEnumConstants()).map(Enum::name).toList());
        }

        /** The same without one of them. */
        public Choice without(Enum<?> value) {
            return new Choice(
                    allowed.stream().filter(name -> !name.equals(value.name())).toList());
        }

        @Override
        public String text() {
            return String.join(", ", allowed);
        }

        @Override
        public Optional<String> checked(String value) {
            return allowed.stream().filter(value::equalsIgnoreCase).findFirst();
        }
    }

    /**
     * A whole number.
     *
     * @param least the smallest that is allowed
     * @param most the largest that is allowed
     */
    record Range(int least, int most) implements Values {

        @Override
        public String text() {
            return "%d to %d".formatted(least, most);
        }

        @Override
        public Optional<String> checked(String value) {
            return Optional.of(value)
                    .filter(number -> number.matches("\\d{1,9}"))
                    .filter(number -> Integer.parseInt(number) >= least && Integer.parseInt(number) <= most);
        }
    }

    /** A time above 0. */
    record Time() implements Values {

        private static final Pattern SYNTAX = Pattern.compile("\\s*(\\d{1,9})\\s*(ms|s|m)\\s*");

        /**
         * Reads {@code 500ms}, {@code 5s} or {@code 1m}.
         *
         * @return empty if it is none of these
         */
        public static Optional<Duration> parse(String text) {
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

        @Override
        public String text() {
            return "a whole number above 0 with ms, s or m, such as 60s";
        }

        @Override
        public Optional<String> checked(String value) {
            return parse(value).filter(time -> !time.isZero()).map(time -> value);
        }
    }

    /** Environment variables: {@code NAME=VALUE}, several separated by commas. */
    record Variables() implements Values {

        private static final Pattern VARIABLE = Pattern.compile("\\s*([A-Za-z_]\\w*)\\s*=(.*)", Pattern.DOTALL);

        /**
         * Reads them.
         *
         * @return in their order; empty if one of them is not written so
         */
        public static Optional<Map<String, String>> parse(String text) {
            Map<String, String> variables = new LinkedHashMap<>();
            for (String entry : text.split(",")) {
                Matcher variable = VARIABLE.matcher(entry);
                if (variable.matches()) {
                    variables.put(variable.group(1), variable.group(2).strip());
                } else if (!entry.isBlank()) {
                    return Optional.empty();
                }
            }
            return Optional.of(variables);
        }

        @Override
        public String text() {
            return "NAME=VALUE, several separated by commas";
        }

        @Override
        public Optional<String> checked(String value) {
            return parse(value).map(variables -> value);
        }
    }

    /**
     * Anything else.
     *
     * @param text how it is written
     */
    record Text(String text) implements Values {

        @Override
        public Optional<String> checked(String value) {
            return Optional.of(value);
        }
    }
}
