package io.probeunit.internal.cli;

import io.probeunit.internal.configuration.Configuration;
import io.probeunit.internal.configuration.Settings;
import io.probeunit.internal.configuration.SettingsReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How a command probes: settings of tests, which also are system properties. */
final class ProbingOptions {

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            description = "What arms the probes: AUTO, STAP, UPROBE or PERF.",
            defaultValue = "")
    private String engine = "";

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description = "Where its tools run: AUTO, LOCAL, SIDECAR or CONTAINER.",
            defaultValue = "")
    private String host = "";

    ProbingOptions() {}

    /**
     * Settings of something that has no command line.
     *
     * @param engine as the setting has it; empty for the system property
     * @param host as the setting has it; empty for the system property
     */
    ProbingOptions(String engine, String host) {
        this.engine = engine;
        this.host = host;
    }

    /**
     * Reads the settings as a test would.
     *
     * @throws io.probeunit.internal.plan.PlanException if a value means nothing
     */
    Settings settings() {
        Map<String, String> given = Map.of("probeunit.engine", engine, "probeunit.host", host);
        return new SettingsReader(Configuration.of(
                        key -> Optional.ofNullable(given.get(key)),
                        key -> Optional.ofNullable(System.getProperty(key))))
                .read(List.of());
    }
}
