package io.probeunit.internal.settings;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The values of some settings: each was checked, or is the default. Two of these are equal if all values are.
 *
 * @param byKey those that have a value
 */
public record SettingValues(Map<String, String> byKey) {

    /** Keeps a copy of the map. */
    public SettingValues {
        byKey = Map.copyOf(byKey);
    }

    /**
     * Decides the values.
     *
     * @param settings which
     * @param given what somebody has set, by its key; empty if nobody has
     * @param refused makes an exception of a message, for a value that is not allowed
     */
    public static SettingValues of(
            List<Setting> settings,
            Function<String, Optional<String>> given,
            Function<String, ? extends RuntimeException> refused) {
        Map<String, String> values = new TreeMap<>();
        settings.forEach(setting -> setting.value(given.apply(setting.key()), refused)
                .ifPresent(value -> values.put(setting.key(), value)));
        return new SettingValues(values);
    }

    /** The defaults. */
    public static SettingValues defaults(List<Setting> settings) {
        return of(settings, key -> Optional.empty(), IllegalStateException::new);
    }

    /** The value; empty if nobody set it and there is no default. */
    public Optional<String> value(Setting setting) {
        return Optional.ofNullable(byKey.get(setting.key()));
    }

    /** The value, or an empty text. */
    public String text(Setting setting) {
        return value(setting).orElse("");
    }

    /** The value of a {@link Values.Choice} of an enum that has a default. */
    public <E extends Enum<E>> E constant(Setting setting, Class<E> type) {
        return Enum.valueOf(type, text(setting));
    }

    /** The value of a {@link Values.Time} that has a default. */
    public Duration time(Setting setting) {
        return Values.Time.parse(text(setting)).orElseThrow();
    }

    /** The value of {@link Values.Variables}; empty if nobody set it. */
    public Map<String, String> variables(Setting setting) {
        return Values.Variables.parse(text(setting)).orElseThrow();
    }
}
