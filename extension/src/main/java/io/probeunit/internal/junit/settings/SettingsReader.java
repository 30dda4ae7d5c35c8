package io.probeunit.internal.junit.settings;

import io.probeunit.annotations.ProbeSettings;
import io.probeunit.internal.engine.perf.PerfSettings;
import io.probeunit.internal.engine.stap.StapSettings;
import io.probeunit.internal.engine.uprobe.AttachMode;
import io.probeunit.internal.host.container.ContainerSettings;
import io.probeunit.internal.host.sidecar.SidecarSettings;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * Decides each setting by itself: the nearest annotation, else the JUnit configuration parameter, else the system
 * property of that name, else the default.
 */
public final class SettingsReader {

    static final int DEFAULT_DETAILS = 1_000;
    static final Duration DEFAULT_ARM_TIMEOUT = Duration.ofSeconds(60);

    private static final int MOST_DETAILS = 1_000_000;
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_]\\w*");

    private final Configuration configuration;

    public SettingsReader(Configuration configuration) {
        this.configuration = configuration;
    }

    /**
     * Reads the settings of a test.
     *
     * @param annotations the nearest first
     * @throws ExtensionConfigurationException if a parameter has a value that means nothing
     */
    public Settings read(List<ProbeSettings> annotations) {
        ProbeSettings.Engine engine =
                choice(annotations, ProbeSettings::engine, "probeunit.engine", ProbeSettings.Engine.AUTO);
        return new Settings(
                engine,
                choice(annotations, ProbeSettings::host, "probeunit.host", ProbeSettings.Host.AUTO),
                choice(annotations, ProbeSettings::window, "probeunit.window", ProbeSettings.Window.TEST),
                unavailable(annotations),
                details(),
                oneOf("probeunit.report", List.of("none", "print"), "none").equals("print"),
                configured("probeunit.report.files", ReportFiles.FAILED),
                tools(engine));
    }

    /**
     * Reads what becomes of snapshots, for all tests.
     *
     * @throws ExtensionConfigurationException if a parameter has a value that means nothing
     */
    public SnapshotSettings snapshots() {
        boolean update = oneOf("probeunit.snapshots", List.of("compare", "update"), "compare")
                .equals("update");
        return new SnapshotSettings(
                update, configuration.get("probeunit.snapshots.folder").map(SettingsReader::folder));
    }

    private static Path folder(String value) {
        Optional<Path> folder = Optional.empty();
        try {
            folder = Optional.of(Path.of(value).toAbsolutePath()).filter(Files::isDirectory);
        } catch (InvalidPathException noPath) {
            // said below
        }
        return folder.orElseThrow(() -> new ExtensionConfigurationException(
                "probeunit.snapshots.folder = %s is not a folder; give that of the sources of the test resources, such as src/test/resources."
                        .formatted(value)));
    }

    private ProbeSettings.Unavailable unavailable(List<ProbeSettings> annotations) {
        ProbeSettings.Unavailable asked = choice(
                annotations, ProbeSettings::unavailable, "probeunit.unavailable", ProbeSettings.Unavailable.FAIL);
        boolean forced =
                oneOf("probeunit.unavailable.force", List.of("FAIL"), "").equals("FAIL");
        return forced ? ProbeSettings.Unavailable.FAIL : asked;
    }

    private ToolSettings tools(ProbeSettings.Engine engine) {
        return new ToolSettings(
                stap("probeunit.stap"),
                configured("probeunit.uprobe.attach", AttachMode.AUTO),
                new SidecarSettings(
                        configuration.get("probeunit.sidecar.image"),
                        engine == ProbeSettings.Engine.STAP || engine == ProbeSettings.Engine.PERF,
                        files("probeunit.sidecar.files")),
                stap("probeunit.sidecar.stap"),
                new ContainerSettings(files("probeunit.container.files")),
                stap("probeunit.container.stap"),
                perf("probeunit.perf"),
                perf("probeunit.sidecar.perf"));
    }

    private PerfSettings perf(String prefix) {
        return new PerfSettings(prefix, configuration.get(prefix + ".command").orElse("perf"), armTimeout());
    }

    private List<Path> files(String key) {
        return Stream.of(configuration.get(key).orElse("").split(","))
                .map(String::strip)
                .filter(path -> !path.isEmpty())
                .map(path -> file(key, path))
                .toList();
    }

    private static Path file(String key, String path) {
        try {
            Path file = Path.of(path);
            if (Files.exists(file)) {
                return file;
            }
        } catch (InvalidPathException noPath) {
            // then there is no such file either
        }
        throw new ExtensionConfigurationException(
                "%s: there is no file \"%s\" on the machine of the tests; give paths separated by commas."
                        .formatted(key, path));
    }

    private StapSettings stap(String prefix) {
        return new StapSettings(
                prefix,
                configuration.get(prefix + ".command").orElse("stap"),
                environment(prefix + ".environment"),
                armTimeout());
    }

    private <E extends Enum<E>> E choice(
            List<ProbeSettings> annotations, Function<ProbeSettings, E> attribute, String key, E fallback) {
        return annotations.stream()
                .map(attribute)
                .filter(e -> !isInherit(e))
                .findFirst()
                .orElseGet(() -> configured(key, fallback));
    }

    private <E extends Enum<E>> E configured(String key, E fallback) {
        if (configuration.get(key).isEmpty()) {
            return fallback;
        }
        List<String> allowed = Stream.of(fallback.getDeclaringClass().getEnumConstants())
                .filter(e -> !isInherit(e))
                .map(Enum::name)
                .toList();
        return Enum.valueOf(fallback.getDeclaringClass(), oneOf(key, allowed, fallback.name()));
    }

    private static boolean isInherit(Enum<?> value) {
        return value.name().equals("INHERIT");
    }

    /** A parameter's value, whatever its case, written as in the list of those allowed; or the fallback. */
    private String oneOf(String key, List<String> allowed, String fallback) {
        Optional<String> value = configuration.get(key);
        return value.isEmpty()
                ? fallback
                : allowed.stream()
                        .filter(value.get()::equalsIgnoreCase)
                        .findFirst()
                        .orElseThrow(() -> new ExtensionConfigurationException("%s = %s is not valid; allowed: %s."
                                .formatted(key, value.get(), String.join(", ", allowed))));
    }

    private int details() {
        String key = "probeunit.details";
        String value = configuration.get(key).orElse(String.valueOf(DEFAULT_DETAILS));
        if (!value.matches("\\d{1,7}") || Integer.parseInt(value) > MOST_DETAILS) {
            throw new ExtensionConfigurationException(
                    "%s = %s is not a number of firings; allowed: 0 to %d.".formatted(key, value, MOST_DETAILS));
        }
        return Integer.parseInt(value);
    }

    private Duration armTimeout() {
        String key = "probeunit.arm.timeout";
        return configuration
                .get(key)
                .map(value -> Durations.parse(value)
                        .filter(d -> !d.isZero())
                        .orElseThrow(() -> new ExtensionConfigurationException(
                                "%s = %s is not a duration; allowed: a whole number above 0 with ms, s or m, such as 60s."
                                        .formatted(key, value))))
                .orElse(DEFAULT_ARM_TIMEOUT);
    }

    private Map<String, String> environment(String key) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (String entry : configuration.get(key).orElse("").split(",")) {
            if (entry.isBlank()) {
                continue;
            }
            int sign = entry.indexOf('=');
            String name = sign < 0 ? "" : entry.substring(0, sign).strip();
            if (!VARIABLE.matcher(name).matches()) {
                throw new ExtensionConfigurationException(
                        "%s: \"%s\" is not understood; write NAME=VALUE, several separated by commas."
                                .formatted(key, entry.strip()));
            }
            environment.put(name, entry.substring(sign + 1).strip());
        }
        return environment;
    }
}
