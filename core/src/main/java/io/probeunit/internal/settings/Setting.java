package io.probeunit.internal.settings;

import java.util.Optional;
import java.util.function.Function;

/**
 * One setting: a JUnit configuration parameter, and a system property of the same name.
 *
 * @param key its name
 * @param values what it may be set to
 * @param byDefault the value that it has if nobody sets it; empty if it then has none
 * @param meaning one sentence for users, without markup
 * @param attribute the attribute of {@code @ProbeSettings} that sets it too, if there is one
 */
public record Setting(
        String key, Values values, Optional<String> byDefault, String meaning, Optional<String> attribute) {

    /** What the keys of all settings begin with. */
    public static final String PREFIX = "probeunit.";

    /** Refuses a key that no check for unknown keys would see, and a default that may not be set. */
    public Setting {
        if (!key.startsWith(PREFIX)) {
            throw new IllegalStateException("%s does not begin with %s".formatted(key, PREFIX));
        }
        if (byDefault.isPresent() && byDefault.flatMap(values::checked).isEmpty()) {
            throw new IllegalStateException("the default of %s is none of %s".formatted(key, values.text()));
        }
    }

    /** A setting with a default. */
    public static Setting of(String key, Values values, String byDefault, String meaning) {
        return new Setting(key, values, Optional.of(byDefault), meaning, Optional.empty());
    }

    /** A setting that has no value if nobody sets it. */
    public static Setting unset(String key, Values values, String meaning) {
        return new Setting(key, values, Optional.empty(), meaning, Optional.empty());
    }

    /** The same, which an attribute of {@code @ProbeSettings} sets too. */
    public Setting withAttribute(String name) {
        return new Setting(key, values, byDefault, meaning, Optional.of(name));
    }

    /**
     * Decides the value.
     *
     * @param given what somebody has set; empty if nobody has
     * @param refused makes an exception of a message, for a value that is not allowed
     * @return the value as the list of those allowed writes it, else the default, if there is one
     */
    public Optional<String> value(Optional<String> given, Function<String, ? extends RuntimeException> refused) {
        return given.isEmpty()
                ? byDefault
                : Optional.of(values.checked(given.get())
                        .orElseThrow(() -> refused.apply("%s = %s is not valid (PU0301); allowed: %s."
                                .formatted(key, given.get(), values.text()))));
    }
}
