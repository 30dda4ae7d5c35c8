package io.probeunit.internal.junit.lifecycle;

import io.probeunit.internal.arming.ArmedWindow;
import io.probeunit.internal.configuration.ReportFiles;
import io.probeunit.internal.configuration.Settings;
import io.probeunit.internal.engine.EngineSelection;
import io.probeunit.internal.recording.Judgement;
import io.probeunit.internal.recording.Summary;
import io.probeunit.internal.recording.SummaryText;
import io.probeunit.internal.report.Difference;
import io.probeunit.internal.report.FailureStory;
import io.probeunit.internal.report.FiringsTable;
import io.probeunit.internal.report.TestReport;
import io.probeunit.internal.report.VerdictWord;
import io.probeunit.internal.run.RunScope;
import io.probeunit.internal.timeline.FiringLines;
import io.probeunit.internal.timeline.TestWindow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.MediaType;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.AssertionFailedError;

/** Publishes the recording of one test. Never changes a result: problems here go to the log. */
final class Reporter {

    /** The files that are published for a test. */
    static final String FILE = "probeunit.json";

    static final String FIRINGS = "firings.jsonl";
    static final String SCHEMA = "firings.schema.json";

    private static final MediaType JSON_LINES = MediaType.create("application", "jsonl");

    private static final int MOST_PRINTED = 200;

    private final ExtensionContext context;
    private final RunScope run;
    private final Optional<TimelineFile> timeline;
    private Judgement judgement;
    private final ArmedWindow armed;
    private final List<TestReport.Sampled> samples;
    private final Settings settings;

    Reporter(
            ExtensionContext context,
            RunScope run,
            Optional<TimelineFile> timeline,
            Judgement judgement,
            ArmedWindow armed,
            List<TestReport.Sampled> samples,
            Settings settings) {
        this.context = context;
        this.run = run;
        this.timeline = timeline;
        this.judgement = judgement;
        this.armed = armed;
        this.samples = List.copyOf(samples);
        this.settings = settings;
    }

    /**
     * Publishes everything.
     *
     * @return what the test fails with; empty if its expectations are met
     */
    Optional<AssertionFailedError> report() {
        attempt("hints", () -> judgement = judgement.withHints(armed::hints));
        Optional<String> story = FailureStory.of(judgement);
        boolean failedItself = context.getExecutionException().isPresent();
        boolean fails =
                story.isPresent() || failedItself || !samples.stream().allMatch(s -> VerdictWord.isMet(s.verdict()));
        WrittenFiles files = files(fails);
        attempt("report entries", () -> context.publishReportEntry(entries(files)));
        if (settings.printsReport()) {
            attempt("printed report", () -> System.out.println(printed()));
        }
        if (story.isEmpty() && fails) {
            // a test's own failure has no room for it
            attempt("path of the report", () -> files.lines().forEach(System.out::println));
        }
        if (fails) {
            attempt(
                    "attachments",
                    () -> settings.attachments()
                            .lines(files.all(), run.environment())
                            .forEach(System.out::println));
        }
        if (!VerdictWord.isMet(verdict())) {
            attempt(
                    "job summary",
                    () -> run.summary()
                            .add(
                                    ClassScope.topLevel(context)
                                            .getRequiredTestClass()
                                            .getName(),
                                    context.getRequiredTestMethod().getName(),
                                    verdict(),
                                    files.timeline()));
        }
        return story.map(text -> failure(text, files));
    }

    /** The worst, that of samples included. */
    private String verdict() {
        return VerdictWord.worst(Stream.concat(
                        Stream.of(VerdictWord.of(judgement)), samples.stream().map(TestReport.Sampled::verdict))
                .toList());
    }

    private WrittenFiles files(boolean fails) {
        if (settings.reportFiles() == ReportFiles.NONE) {
            return WrittenFiles.NONE;
        }
        // a timeline shows the tests that pass too
        attempt("timeline", () -> timeline.ifPresent(file -> file.add(TestWindow.of(test(), setup(), judgement))));
        if (!settings.reportFiles().wants(fails)) {
            return WrittenFiles.NONE;
        }
        AtomicReference<Optional<Path>> page = new AtomicReference<>(Optional.empty());
        attempt("timeline", () -> page.set(timeline.flatMap(TimelineFile::publish)));
        Optional<Path> report = publish(
                "report file",
                FILE,
                MediaType.APPLICATION_JSON,
                path -> Files.writeString(path, TestReport.json(test(), setup(), judgement)));
        // a place that takes no report takes no firings either
        Optional<Path> firings = report.flatMap(
                there -> publish("firings", FIRINGS, JSON_LINES, path -> FiringLines.write(path, test(), judgement)));
        firings.ifPresent(there ->
                publish("schema of the firings", SCHEMA, MediaType.APPLICATION_JSON, FiringLines::writeSchema));
        return new WrittenFiles(page.get(), report, firings);
    }

    /** Writes to a file. */
    private interface Writing {
        void to(Path file) throws IOException;
    }

    private Optional<Path> publish(String what, String name, MediaType type, Writing writing) {
        AtomicReference<Optional<Path>> written = new AtomicReference<>(Optional.empty());
        attempt(
                what,
                () -> context.publishFile(name, type, path -> {
                    writing.to(path);
                    written.set(Optional.of(path.toAbsolutePath()));
                }));
        return written.get();
    }

    /** With the circumstances, since build tools show no report entries. */
    private String printed() {
        return Stream.concat(
                        Stream.of(context.getDisplayName() + ": "
                                + FiringsTable.of(judgement.summary(), judgement.after(), MOST_PRINTED)),
                        circumstances())
                .collect(Collectors.joining("\n"));
    }

    private AssertionFailedError failure(String story, WrittenFiles files) {
        String text = Stream.of(
                        Stream.of(story), circumstances(), notes().stream().map(n -> "Note: " + n), files.lines())
                .flatMap(s -> s)
                .collect(Collectors.joining("\n"));
        Difference difference = Difference.of(judgement);
        return new AssertionFailedError(text, difference.expected(), difference.actual());
    }

    /** Why it was probed in another way than the preferred one, and what was started for it. */
    private Stream<String> circumstances() {
        return Stream.of(
                        armed.hostHelper().stream()
                                .map(helper -> "Probed from the host '%s': %s.".formatted(armed.host(), helper)),
                        Stream.concat(
                                        armed.passedOverHosts().stream(),
                                        enginesPassedOver().stream().map(why -> "Engine " + why))
                                .map(why -> "Passed over: " + run.passedOver().tell(why, name())))
                .flatMap(s -> s);
    }

    private String name() {
        return "%s.%s".formatted(context.getRequiredTestClass().getSimpleName(), context.getDisplayName());
    }

    private List<String> notes() {
        return Stream.concat(armed.notes().stream(), judgement.summary().notes().stream())
                .toList();
    }

    private List<String> enginesPassedOver() {
        return armed.engine().map(EngineSelection.Chosen::passedOver).orElse(List.of());
    }

    private void attempt(String what, Runnable action) {
        try {
            action.run();
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Throwable e) {
            run.reportTrouble().tell(what, context.getUniqueId(), e);
        }
    }

    private TestReport.Test test() {
        return new TestReport.Test(
                context.getUniqueId(),
                context.getRequiredTestClass().getName(),
                context.getRequiredTestMethod().getName(),
                context.getDisplayName(),
                context.getExecutionException().isPresent());
    }

    private TestReport.Setup setup() {
        return new TestReport.Setup(
                armed.engine().map(e -> e.how()).orElse(""),
                enginesPassedOver(),
                new TestReport.Place(armed.host(), armed.hostHelper(), armed.passedOverHosts()),
                armed.containers(),
                notes(),
                samples);
    }

    private Map<String, String> entries(WrittenFiles files) {
        Map<String, String> entries = new LinkedHashMap<>();
        Summary summary = judgement.summary();
        entries.put("probeunit.engine", summary.engine());
        armed.engine().ifPresent(chosen -> {
            put(entries, "probeunit.engine.how", chosen.how());
            put(entries, "probeunit.engine.passed-over", String.join("\n", chosen.passedOver()));
        });
        put(entries, "probeunit.host", armed.host());
        put(entries, "probeunit.host.helper", armed.hostHelper().orElse(""));
        put(entries, "probeunit.host.passed-over", String.join("\n", armed.passedOverHosts()));
        entries.put("probeunit.verdict", VerdictWord.of(judgement));
        put(entries, "probeunit.counts", counts(summary));
        long silent = summary.silentLeftOut();
        if (silent > 0) {
            entries.put("probeunit.counts.silent", String.valueOf(silent));
        }
        judgement.after().ifPresent(after -> put(entries, "probeunit.counts.after", counts(after)));
        entries.put("probeunit.window", new SummaryText(summary).length());
        entries.put("probeunit.details.lost", String.valueOf(summary.loss().details()));
        put(entries, "probeunit.interruptions", String.join("; ", summary.loss().interruptions()));
        put(entries, "probeunit.notes", String.join("; ", notes()));
        files.report().ifPresent(path -> put(entries, "probeunit.report.file", path.toString()));
        files.timeline().ifPresent(path -> put(entries, "probeunit.timeline", path.toString()));
        return entries;
    }

    private static void put(Map<String, String> entries, String key, String value) {
        if (!value.isEmpty()) {
            entries.put(key, value);
        }
    }

    private static String counts(Summary summary) {
        return summary.shown().stream()
                .map(t ->
                        t.probe() + "@" + t.container() + "=" + t.observation().fired())
                .collect(Collectors.joining(", "));
    }
}
