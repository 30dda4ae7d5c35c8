package io.probeunit.internal.junit.lifecycle;

import io.probeunit.internal.arming.ArmedWindow;
import io.probeunit.internal.configuration.Settings;
import io.probeunit.internal.engine.EngineSelection;
import io.probeunit.internal.recording.Judgement;
import io.probeunit.internal.recording.Summary;
import io.probeunit.internal.recording.SummaryText;
import io.probeunit.internal.report.Difference;
import io.probeunit.internal.report.FailureStory;
import io.probeunit.internal.report.TestReport;
import io.probeunit.internal.report.Timeline;
import io.probeunit.internal.report.VerdictWord;
import io.probeunit.internal.run.ReportTrouble;
import java.nio.charset.StandardCharsets;
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

    /** The file that is published for a test. */
    static final String FILE = "probeunit.json";

    private static final int MOST_PRINTED = 200;

    private final ExtensionContext context;
    private final ReportTrouble trouble;
    private Judgement judgement;
    private final ArmedWindow armed;
    private final List<TestReport.Sampled> samples;
    private final Settings settings;

    Reporter(
            ExtensionContext context,
            ReportTrouble trouble,
            Judgement judgement,
            ArmedWindow armed,
            List<TestReport.Sampled> samples,
            Settings settings) {
        this.context = context;
        this.trouble = trouble;
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
        Optional<Path> file = settings.reportFiles().wants(fails) ? publishFile() : Optional.empty();
        attempt("report entries", () -> context.publishReportEntry(entries(file)));
        if (settings.printsReport()) {
            attempt("printed report", () -> System.out.println(printed()));
        }
        if (story.isEmpty() && fails) {
            // a test's own failure has no room for it
            file.ifPresent(path -> attempt("path of the report", () -> System.out.println(path(path))));
        }
        return story.map(text -> failure(text, file));
    }

    /** With the circumstances, since build tools show no report entries. */
    private String printed() {
        return Stream.concat(
                        Stream.of(context.getDisplayName() + ": "
                                + Timeline.of(judgement.summary(), judgement.after(), MOST_PRINTED)),
                        circumstances())
                .collect(Collectors.joining("\n"));
    }

    private AssertionFailedError failure(String story, Optional<Path> file) {
        String text = Stream.of(
                        Stream.of(story),
                        circumstances(),
                        notes().stream().map(n -> "Note: " + n),
                        file.stream().map(Reporter::path))
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
                        armed.passedOverHosts().stream().map(why -> "Passed over: " + why),
                        enginesPassedOver().stream().map(why -> "Passed over: Engine " + why))
                .flatMap(s -> s);
    }

    private List<String> notes() {
        return Stream.concat(armed.notes().stream(), judgement.summary().notes().stream())
                .toList();
    }

    private List<String> enginesPassedOver() {
        return armed.engine().map(EngineSelection.Chosen::passedOver).orElse(List.of());
    }

    private static String path(Path file) {
        return "ProbeUnit's report: " + file;
    }

    private Optional<Path> publishFile() {
        AtomicReference<Optional<Path>> written = new AtomicReference<>(Optional.empty());
        attempt("report file", () -> {
            String json = TestReport.json(test(), setup(), judgement);
            context.publishFile(FILE, MediaType.APPLICATION_JSON, path -> {
                Files.writeString(path, json, StandardCharsets.UTF_8);
                written.set(Optional.of(path.toAbsolutePath()));
            });
        });
        return written.get();
    }

    private void attempt(String what, Runnable action) {
        try {
            action.run();
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Throwable e) {
            trouble.tell(what, context.getUniqueId(), e);
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

    private Map<String, String> entries(Optional<Path> file) {
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
        judgement.after().ifPresent(after -> put(entries, "probeunit.counts.after", counts(after)));
        entries.put("probeunit.window", new SummaryText(summary).length());
        entries.put("probeunit.details.lost", String.valueOf(summary.loss().details()));
        put(entries, "probeunit.interruptions", String.join("; ", summary.loss().interruptions()));
        put(entries, "probeunit.notes", String.join("; ", notes()));
        file.ifPresent(path -> put(entries, "probeunit.report.file", path.toString()));
        return entries;
    }

    private static void put(Map<String, String> entries, String key, String value) {
        if (!value.isEmpty()) {
            entries.put(key, value);
        }
    }

    private static String counts(Summary summary) {
        return summary.points().stream()
                .map(t ->
                        t.probe() + "@" + t.container() + "=" + t.observation().fired())
                .collect(Collectors.joining(", "));
    }
}
