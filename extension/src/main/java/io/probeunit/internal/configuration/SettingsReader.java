package io.probeunit.internal.configuration;

import static io.probeunit.internal.configuration.KnownSettings.CONTAINER_FILES;
import static io.probeunit.internal.configuration.KnownSettings.COVERAGE_FOLDER;
import static io.probeunit.internal.configuration.KnownSettings.DETAILS;
import static io.probeunit.internal.configuration.KnownSettings.ENGINE;
import static io.probeunit.internal.configuration.KnownSettings.HOST;
import static io.probeunit.internal.configuration.KnownSettings.PRINT;
import static io.probeunit.internal.configuration.KnownSettings.PROGRESS;
import static io.probeunit.internal.configuration.KnownSettings.REPORT;
import static io.probeunit.internal.configuration.KnownSettings.REPORT_ATTACHMENTS;
import static io.probeunit.internal.configuration.KnownSettings.REPORT_FILES;
import static io.probeunit.internal.configuration.KnownSettings.SIDECAR_FILES;
import static io.probeunit.internal.configuration.KnownSettings.SIDECAR_IMAGE;
import static io.probeunit.internal.configuration.KnownSettings.UNAVAILABLE;
import static io.probeunit.internal.configuration.KnownSettings.UNAVAILABLE_FORCE;
import static io.probeunit.internal.configuration.KnownSettings.WINDOW;

import io.probeunit.annotations.ProbeSettings;
import io.probeunit.internal.engine.EngineChoice;
import io.probeunit.internal.engine.EngineProvider;
import io.probeunit.internal.host.container.ContainerSettings;
import io.probeunit.internal.host.sidecar.SidecarSettings;
import io.probeunit.internal.inventory.SnapshotKeys;
import io.probeunit.internal.plan.PlanException;
import io.probeunit.internal.settings.Setting;
import io.probeunit.internal.settings.SettingValues;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Decides each setting by itself: the nearest annotation, else the JUnit configuration parameter, else the system
 * property of that name, else the default.
 */
public final class SettingsReader {

    private final Configuration configuration;

    public SettingsReader(Configuration configuration) {
        this.configuration = configuration;
    }

    /**
     * Reads the settings of a test.
     *
     * @param annotations the nearest first
     * @throws PlanException if a parameter has a value that means nothing
     */
    public Settings read(List<ProbeSettings> annotations) {
        EngineChoice engine = engine(annotations);
        return new Settings(
                engine,
                nearest(annotations, ProbeSettings::host, HOST, ProbeSettings.Host.class),
                window(annotations),
                unavailable(annotations),
                Integer.parseInt(text(DETAILS)),
                text(REPORT).equals(PRINT),
                constant(REPORT_FILES, ReportFiles.class),
                constant(REPORT_ATTACHMENTS, Attachments.class),
                tools(engine));
    }

    /**
     * Reads where lines about the run go.
     *
     * @throws PlanException if the value means nothing
     */
    public ProgressLines progress() {
        return constant(PROGRESS, ProgressLines.class);
    }

    /**
     * Reads what becomes of snapshots, for all tests.
     *
     * @throws PlanException if a parameter has a value that means nothing
     */
    public SnapshotSettings snapshots() {
        return new SnapshotSettings(
                text(SnapshotKeys.MODE).equals(SnapshotKeys.UPDATE),
                value(SnapshotKeys.FOLDER).map(SettingsReader::folder));
    }

    /**
     * Reads where the report of coverage is written.
     *
     * @throws PlanException if the value is no path
     */
    public Path coverageFolder() {
        try {
            return value(COVERAGE_FOLDER)
                    .map(Path::of)
                    .orElseGet(() -> buildOutput().resolve("probeunit-coverage"))
                    .toAbsolutePath();
        } catch (InvalidPathException e) {
            throw new PlanException("%s is not a path; give a folder (PU1313).".formatted(COVERAGE_FOLDER.key()), e);
        }
    }

    /** As JUnit chooses the folder of published files: the output of Maven or Gradle where they run, else the folder itself. */
    private static Path buildOutput() {
        if (Files.exists(Path.of("pom.xml"))) {
            return Path.of("target");
        }
        return Files.exists(Path.of("build.gradle")) || Files.exists(Path.of("build.gradle.kts"))
                ? Path.of("build")
                : Path.of("");
    }

    private static Path folder(String value) {
        Optional<Path> folder = Optional.empty();
        try {
            folder = Optional.of(Path.of(value).toAbsolutePath()).filter(Files::isDirectory);
        } catch (InvalidPathException noPath) {
            // said below
        }
        return folder.orElseThrow(() -> new PlanException(
                "%s = %s is not a folder; give that of the sources of the test resources, such as src/test/resources (PU0812)."
                        .formatted(SnapshotKeys.FOLDER.key(), value)));
    }

    /** That of the starts of containers is no window of a test. */
    private ProbeSettings.Window window(List<ProbeSettings> annotations) {
        return nearest(
                annotations.stream()
                        .filter(settings -> settings.window() != ProbeSettings.Window.STARTUP)
                        .toList(),
                ProbeSettings::window,
                WINDOW,
                ProbeSettings.Window.class);
    }

    private ProbeSettings.Unavailable unavailable(List<ProbeSettings> annotations) {
        ProbeSettings.Unavailable asked =
                nearest(annotations, ProbeSettings::unavailable, UNAVAILABLE, ProbeSettings.Unavailable.class);
        return value(UNAVAILABLE_FORCE).isPresent() ? ProbeSettings.Unavailable.FAIL : asked;
    }

    private EngineChoice engine(List<ProbeSettings> annotations) {
        return EngineChoice.of(
                nearest(annotations, ProbeSettings::engine).map(Enum::name).orElseGet(() -> text(ENGINE)));
    }

    private ToolSettings tools(EngineChoice engine) {
        return new ToolSettings(
                SettingValues.of(KnownEngines.ALL.settings(), configuration::get, PlanException::new),
                new SidecarSettings(
                        value(SIDECAR_IMAGE),
                        KnownEngines.ALL
                                .named(engine)
                                .filter(EngineProvider::needsTools)
                                .isPresent(),
                        files(SIDECAR_FILES)),
                new ContainerSettings(files(CONTAINER_FILES)));
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
        throw new PlanException(
                "%s: there is no file \"%s\" on the machine of the tests; give paths separated by commas (PU1022)."
                        .formatted(key, path));
    }

    private <E extends Enum<E>> E nearest(
            List<ProbeSettings> annotations, Function<ProbeSettings, E> attribute, Setting setting, Class<E> type) {
        return nearest(annotations, attribute).orElseGet(() -> constant(setting, type));
    }

    private static <E extends Enum<E>> Optional<E> nearest(
            List<ProbeSettings> annotations, Function<ProbeSettings, E> attribute) {
        return annotations.stream()
                .map(attribute)
                .filter(e -> !e.name().equals("INHERIT"))
                .findFirst();
    }

    private <E extends Enum<E>> E constant(Setting setting, Class<E> type) {
        return Enum.valueOf(type, text(setting));
    }

    private String text(Setting setting) {
        return value(setting).orElse("");
    }

    private Optional<String> value(Setting setting) {
        return setting.value(configuration.get(setting.key()), PlanException::new);
    }
}
