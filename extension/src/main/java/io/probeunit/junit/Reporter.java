package io.probeunit.junit;

import io.probeunit.recording.Judgement;
import io.probeunit.recording.Outcome;
import io.probeunit.recording.Summary;
import io.probeunit.recording.Verdict;
import io.probeunit.report.FailureStory;
import io.probeunit.report.Timeline;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Publishes what was recorded. Never changes a result: what goes wrong here becomes an entry itself. */
final class Reporter {

    private static final int MOST_PRINTED = 200;

    private final ExtensionContext context;

    Reporter(ExtensionContext context) {
        this.context = context;
    }

    /** What a failed test says; empty if it passes. */
    static Optional<String> story(Judgement judgement, ArmedTest armed) {
        return FailureStory.of(judgement, List.of())
                .map(story -> Stream.concat(
                                Stream.of(story), armed.notes().stream().map(n -> "Note: " + n))
                        .collect(Collectors.joining("\n")));
    }

    void report(Judgement judgement, ArmedTest armed, Settings settings) {
        try {
            context.publishReportEntry(entries(judgement, armed));
            if (settings.printsReport()) {
                System.out.println(context.getDisplayName() + ": " + Timeline.of(judgement.summary(), MOST_PRINTED));
            }
        } catch (RuntimeException | LinkageError e) {
            complain(e);
        }
    }

    private void complain(Throwable problem) {
        try {
            context.publishReportEntry("probeunit.report.error", problem.toString());
        } catch (RuntimeException reportingIsBroken) {
            // nobody is left to tell
        }
    }

    private static Map<String, String> entries(Judgement judgement, ArmedTest armed) {
        Map<String, String> entries = new LinkedHashMap<>();
        Summary summary = judgement.summary();
        entries.put("probeunit.engine", summary.engine());
        armed.engine().ifPresent(chosen -> {
            put(entries, "probeunit.engine.how", chosen.how());
            put(entries, "probeunit.engine.passed-over", String.join("\n", chosen.passedOver()));
        });
        entries.put("probeunit.verdict", verdict(judgement));
        put(entries, "probeunit.counts", counts(summary.points()));
        entries.put("probeunit.window", "%.3f ms".formatted(summary.length().toNanos() / 1e6));
        entries.put("probeunit.details.lost", String.valueOf(summary.loss().details()));
        put(entries, "probeunit.interruptions", String.join("; ", summary.loss().interruptions()));
        put(entries, "probeunit.notes", String.join("; ", armed.notes()));
        return entries;
    }

    private static void put(Map<String, String> entries, String key, String value) {
        if (!value.isEmpty()) {
            entries.put(key, value);
        }
    }

    private static String counts(List<Summary.Tally> points) {
        return points.stream()
                .map(t -> "%s@%s=%d"
                        .formatted(t.probe(), t.container(), t.observation().fired()))
                .collect(Collectors.joining(", "));
    }

    private static String verdict(Judgement judgement) {
        List<Verdict> open = judgement.outcomes().stream()
                .map(Outcome::verdict)
                .filter(v -> !v.isMet())
                .toList();
        if (open.isEmpty()) {
            return "met";
        }
        return open.stream().anyMatch(Verdict.Unmet.class::isInstance) ? "unmet" : "inconclusive";
    }
}
