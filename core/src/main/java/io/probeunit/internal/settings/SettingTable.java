package io.probeunit.internal.settings;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * All settings.
 *
 * @param settings in the order of the page for users
 */
public record SettingTable(List<Setting> settings) {

    /** Keeps a copy of the list, and refuses a key that is there twice. */
    public SettingTable {
        settings = List.copyOf(settings);
        Set<String> keys = new HashSet<>();
        settings.stream()
                .map(Setting::key)
                .filter(key -> !keys.add(key))
                .findFirst()
                .ifPresent(key -> {
                    throw new IllegalStateException("two settings have the key " + key);
                });
    }

    /** Puts parts together, such as those of the engines. */
    public static SettingTable of(List<List<Setting>> parts) {
        return new SettingTable(parts.stream().flatMap(List::stream).toList());
    }

    /** The names of all settings, sorted. */
    public List<String> keys() {
        return settings.stream().map(Setting::key).sorted().toList();
    }
}
