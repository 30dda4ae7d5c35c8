package io.probeunit.internal.junit.settings;

import static io.probeunit.internal.junit.settings.KnownSettings.ARM_TIMEOUT;
import static io.probeunit.internal.junit.settings.KnownSettings.CONTAINER_FILES;
import static io.probeunit.internal.junit.settings.KnownSettings.DETAILS;
import static io.probeunit.internal.junit.settings.KnownSettings.ENGINE;
import static io.probeunit.internal.junit.settings.KnownSettings.HOST;
import static io.probeunit.internal.junit.settings.KnownSettings.PRINT;
import static io.probeunit.internal.junit.settings.KnownSettings.REPORT;
import static io.probeunit.internal.junit.settings.KnownSettings.REPORT_FILES;
import static io.probeunit.internal.junit.settings.KnownSettings.SIDECAR_FILES;
import static io.probeunit.internal.junit.settings.KnownSettings.SIDECAR_IMAGE;
import static io.probeunit.internal.junit.settings.KnownSettings.UNAVAILABLE;
import static io.probeunit.internal.junit.settings.KnownSettings.UNAVAILABLE_FORCE;
import static io.probeunit.internal.junit.settings.KnownSettings.WINDOW;

import io.probeunit.annotations.ProbeSettings;
import io.probeunit.internal.engine.perf.PerfKeys;
import io.probeunit.internal.engine.perf.PerfSettings;
import io.probeunit.internal.engine.stap.StapKeys;
import io.probeunit.internal.engine.stap.StapSettings;
import io.probeunit.internal.engine.uprobe.AttachMode;
import io.probeunit.internal.engine.uprobe.UprobeKeys;
import io.probeunit.internal.host.container.ContainerSettings;
import io.probeunit.internal.host.sidecar.SidecarSettings;
import io.probeunit.internal.inventory.SnapshotKeys;
import io.probeunit.internal.settings.Setting;
import io.probeunit.internal.settings.Values;
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
        ProbeSettings.Engine engine = nearest(annotations, ProbeSettings::engine, ENGINE, ProbeSettings.Engine.class);
        return new Settings(
                engine,
                nearest(annotations, ProbeSettings::host, HOST, ProbeSettings.Host.class),
                nearest(annotations, ProbeSettings::window, WINDOW, ProbeSettings.Window.class),
                unavailable(annotations),
                Integer.parseInt(text(DETAILS)),
                text(REPORT).equals(PRINT),
                constant(REPORT_FILES, ReportFiles.class),
                tools(engine));
    }

    /**
     * Reads what becomes of snapshots, for all tests.
     *
     * @throws ExtensionConfigurationException if a parameter has a value that means nothing
     */
    public SnapshotSettings snapshots() {
        return new SnapshotSettings(
                text(SnapshotKeys.MODE).equals(SnapshotKeys.UPDATE),
                value(SnapshotKeys.FOLDER).map(SettingsReader::folder));
    }

    private static Path folder(String value) {
        Optional<Path> folder = Optional.empty();
        try {
            folder = Optional.of(Path.of(value).toAbsolutePath()).filter(Files::isDirectory);
        } catch (InvalidPathException noPath) {
            // said below
        }
        return folder.orElseThrow(() -> new ExtensionConfigurationException(
                "%s = %s is not a folder; give that of the sources of the test resources, such as src/test/resources."
                        .formatted(SnapshotKeys.FOLDER.key(), value)));
    }

    private ProbeSettings.Unavailable unavailable(List<ProbeSettings> annotations) {
        ProbeSettings.Unavailable asked =
                nearest(annotations, ProbeSettings::unavailable, UNAVAILABLE, ProbeSettings.Unavailable.class);
        return value(UNAVAILABLE_FORCE).isPresent() ? ProbeSettings.Unavailable.FAIL : asked;
    }

    private ToolSettings tools(ProbeSettings.Engine engine) {
        return new ToolSettings(
                stap(StapKeys.LOCAL),
                constant(UprobeKeys.ATTACH, AttachMode.class),
                new SidecarSettings(
                        value(SIDECAR_IMAGE),
                        engine == ProbeSettings.Engine.STAP || engine == ProbeSettings.Engine.PERF,
                        files(SIDECAR_FILES)),
                stap(StapKeys.SIDECAR),
                new ContainerSettings(files(CONTAINER_FILES)),
                stap(StapKeys.CONTAINER),
                perf(PerfKeys.LOCAL),
                perf(PerfKeys.SIDECAR));
    }

    private PerfSettings perf(PerfKeys keys) {
        return new PerfSettings(keys.prefix(), text(keys.command()), armTimeout());
    }

    private StapSettings stap(StapKeys keys) {
        return new StapSettings(keys.prefix(), text(keys.command()), environment(keys.environment()), armTimeout());
    }

    private List<Path> files(Setting setting) {
        return Stream.of(text(setting).split(","))
                .map(String::strip)
                .filter(path -> !path.isEmpty())
                .map(path -> file(setting.key(), path))
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

    private <E extends Enum<E>> E nearest(
            List<ProbeSettings> annotations, Function<ProbeSettings, E> attribute, Setting setting, Class<E> type) {
        return annotations.stream()
                .map(attribute)
                .filter(e -> !e.name().equals("INHERIT"))
                .findFirst()
                .orElseGet(() -> constant(setting, type));
    }

    private <E extends Enum<E>> E constant(Setting setting, Class<E> type) {
        return Enum.valueOf(type, text(setting));
    }

    private Duration armTimeout() {
        return Values.Time.parse(text(ARM_TIMEOUT)).orElseThrow();
    }

    private String text(Setting setting) {
        return value(setting).orElse("");
    }

    private Optional<String> value(Setting setting) {
        return setting.value(configuration.get(setting.key()), ExtensionConfigurationException::new);
    }

    private Map<String, String> environment(Setting setting) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (String entry : text(setting).split(",")) {
            if (entry.isBlank()) {
                continue;
            }
            int sign = entry.indexOf('=');
            String name = sign < 0 ? "" : entry.substring(0, sign).strip();
            if (!VARIABLE.matcher(name).matches()) {
                throw new ExtensionConfigurationException(
                        "%s: \"%s\" is not understood; write NAME=VALUE, several separated by commas."
                                .formatted(setting.key(), entry.strip()));
            }
            environment.put(name, entry.substring(sign + 1).strip());
        }
        return environment;
    }
}
