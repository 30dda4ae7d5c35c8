package io.probeunit.internal.configuration;

import io.probeunit.annotations.ProbeSettings;
import io.probeunit.internal.engine.EngineChoice;
import io.probeunit.internal.engine.EngineProvider;
import io.probeunit.internal.inventory.SnapshotKeys;
import io.probeunit.internal.settings.Setting;
import io.probeunit.internal.settings.SettingTable;
import io.probeunit.internal.settings.Values;
import java.util.List;
import java.util.stream.Stream;

/** The settings of tests and hosts; and with those of snapshots and engines, all settings that there are. */
public final class KnownSettings {

    static final Setting ENGINE = Setting.of(
                    "probeunit.engine",
                    new Values.Choice(Stream.concat(
                                    Stream.of(EngineChoice.AUTO),
                                    KnownEngines.ALL.providers().stream()
                                            .map(EngineProvider::name)
                                            .map(EngineChoice::of))
                            .map(EngineChoice::toString)
                            .toList()),
                    EngineChoice.AUTO.toString(),
                    "What arms the probes.")
            .withAttribute("engine");

    static final Setting HOST = Setting.of(
                    "probeunit.host",
                    Values.Choice.of(ProbeSettings.Host.class).without(ProbeSettings.Host.INHERIT),
                    ProbeSettings.Host.AUTO.name(),
                    "Where the engine's tools run.")
            .withAttribute("host");

    static final Setting WINDOW = Setting.of(
                    "probeunit.window",
                    Values.Choice.of(ProbeSettings.Window.class)
                            .without(ProbeSettings.Window.INHERIT)
                            .without(ProbeSettings.Window.STARTUP),
                    ProbeSettings.Window.TEST.name(),
                    "The part of the test in which firings count.")
            .withAttribute("window");

    static final Setting UNAVAILABLE = Setting.of(
                    "probeunit.unavailable",
                    Values.Choice.of(ProbeSettings.Unavailable.class).without(ProbeSettings.Unavailable.INHERIT),
                    ProbeSettings.Unavailable.FAIL.name(),
                    "The result of a test if no engine can work, or if its containers run on another machine.")
            .withAttribute("unavailable");

    static final Setting UNAVAILABLE_FORCE = Setting.unset(
            "probeunit.unavailable.force",
            new Values.Choice(List.of(ProbeSettings.Unavailable.FAIL.name())),
            "FAIL overrides every SKIP.");

    static final Setting DETAILS = Setting.of(
            "probeunit.details",
            new Values.Range(0, 1_000_000),
            "1000",
            "Of how many firings a point keeps the details in a window; with UPROBE and PERF, on each CPU.");

    /** The value of {@link #REPORT} that prints. */
    static final String PRINT = "print";

    static final Setting REPORT = Setting.of(
            "probeunit.report",
            new Values.Choice(List.of("none", PRINT)),
            "none",
            "Whether a table of what fired is printed after each test.");

    static final Setting REPORT_FILES = Setting.of(
            "probeunit.report.files",
            Values.Choice.of(ReportFiles.class),
            ReportFiles.FAILED.name(),
            "Which tests get report files, which take a millisecond or more to write; and which classes a timeline.");

    static final Setting REPORT_ATTACHMENTS = Setting.of(
            "probeunit.report.attachments",
            Values.Choice.of(Attachments.class),
            Attachments.AUTO.name(),
            "Whether a test that fails prints lines that attach its report files to its result in a CI system.");

    static final Setting PROGRESS = Setting.of(
            "probeunit.progress",
            Values.Choice.of(ProgressLines.class),
            ProgressLines.PRINT.name(),
            "Where lines about the run go: what takes longer than two seconds, and the end of each class.");

    static final Setting COVERAGE_FOLDER = Setting.unset(
            "probeunit.coverage.folder",
            new Values.Text("a folder, which need not exist"),
            "Where the report of coverage is written; otherwise probeunit-coverage in the folder of the build's output.");

    static final Setting SIDECAR_IMAGE = Setting.unset(
            "probeunit.sidecar.image",
            new Values.Text("the name of an image"),
            "The image of the sidecar, instead of ours; with SystemTap or perf if a test asks for one of them.");

    static final Setting SIDECAR_FILES = Setting.unset(
            "probeunit.sidecar.files",
            new Values.Text("paths, separated by commas"),
            "Files of the machine of the tests that are copied into the folder /tmp of the sidecar.");

    static final Setting CONTAINER_FILES = Setting.unset(
            "probeunit.container.files",
            new Values.Text("paths, separated by commas"),
            "Files that SystemTap finds in the folder /tmp if it runs in the target itself; no other process sees them.");

    /** Those that have no effect without JUnit. */
    private static final List<List<Setting>> OF_JUNIT = List.of(
            List.of(WINDOW, UNAVAILABLE, UNAVAILABLE_FORCE, REPORT, REPORT_FILES, COVERAGE_FOLDER), SnapshotKeys.all());

    /** All that there are. */
    static final SettingTable TABLE = SettingTable.of(List.of(
            List.of(
                    ENGINE,
                    HOST,
                    WINDOW,
                    UNAVAILABLE,
                    UNAVAILABLE_FORCE,
                    DETAILS,
                    REPORT,
                    REPORT_FILES,
                    REPORT_ATTACHMENTS,
                    PROGRESS,
                    COVERAGE_FOLDER,
                    SIDECAR_IMAGE,
                    SIDECAR_FILES,
                    CONTAINER_FILES),
            SnapshotKeys.all(),
            KnownEngines.ALL.settings()));

    private KnownSettings() {}

    /** The keys of all that have an effect on probes without JUnit, sorted. */
    public static List<String> ofProbes() {
        return TABLE.settings().stream()
                .filter(setting -> OF_JUNIT.stream().noneMatch(some -> some.contains(setting)))
                .map(Setting::key)
                .sorted()
                .toList();
    }
}
