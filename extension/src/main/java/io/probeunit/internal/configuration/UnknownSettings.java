package io.probeunit.internal.configuration;

import io.probeunit.internal.plan.NearestNames;
import io.probeunit.internal.settings.Setting;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** System properties and JUnit parameters that look like our settings but are not, because of a misspelt name. */
public final class UnknownSettings {

    private static final List<String> KNOWN = KnownSettings.TABLE.keys();

    private UnknownSettings() {}

    /**
     * Says which names mean nothing.
     *
     * @param names of all system properties, or of all JUnit parameters
     * @return empty if there is none
     */
    public static Optional<String> warning(Set<String> names) {
        List<String> unknown = names.stream()
                .filter(name -> name.startsWith(Setting.PREFIX) && !KNOWN.contains(name))
                .sorted()
                .map(UnknownSettings::withNearest)
                .toList();
        return unknown.isEmpty()
                ? Optional.empty()
                : Optional.of("ProbeUnit knows no setting of this name, so it has no effect: %s. Settings are %s."
                        .formatted(String.join(", ", unknown), String.join(", ", KNOWN)));
    }

    private static String withNearest(String name) {
        return NearestNames.to(
                        name.substring(Setting.PREFIX.length()),
                        KNOWN.stream()
                                .map(k -> k.substring(Setting.PREFIX.length()))
                                .collect(Collectors.toList()),
                        1)
                .stream()
                .findFirst()
                .map(near -> "%s (did you mean %s%s?)".formatted(name, Setting.PREFIX, near))
                .orElse(name);
    }
}
