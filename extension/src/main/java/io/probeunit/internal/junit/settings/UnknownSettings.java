package io.probeunit.internal.junit.settings;

import io.probeunit.internal.plan.NearestNames;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** System properties and JUnit parameters that look like our settings but are not, because of a misspelt name. */
public final class UnknownSettings {

    private static final String PREFIX = "probeunit.";

    private static final List<String> KNOWN = List.of(
            "probeunit.arm.timeout",
            "probeunit.container.files",
            "probeunit.container.stap.command",
            "probeunit.container.stap.environment",
            "probeunit.details",
            "probeunit.engine",
            "probeunit.host",
            "probeunit.perf.command",
            "probeunit.report",
            "probeunit.report.files",
            "probeunit.sidecar.files",
            "probeunit.sidecar.image",
            "probeunit.sidecar.perf.command",
            "probeunit.sidecar.stap.command",
            "probeunit.sidecar.stap.environment",
            "probeunit.snapshots",
            "probeunit.snapshots.folder",
            "probeunit.stap.command",
            "probeunit.stap.environment",
            "probeunit.unavailable",
            "probeunit.unavailable.force",
            "probeunit.uprobe.attach",
            "probeunit.window");

    private UnknownSettings() {}

    /**
     * Says which names mean nothing.
     *
     * @param names of all system properties, or of all JUnit parameters
     * @return empty if there is none
     */
    public static Optional<String> warning(Set<String> names) {
        List<String> unknown = names.stream()
                .filter(name -> name.startsWith(PREFIX) && !KNOWN.contains(name))
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
                        name.substring(PREFIX.length()),
                        KNOWN.stream().map(k -> k.substring(PREFIX.length())).collect(Collectors.toList()),
                        1)
                .stream()
                .findFirst()
                .map(near -> "%s (did you mean %s%s?)".formatted(name, PREFIX, near))
                .orElse(name);
    }
}
