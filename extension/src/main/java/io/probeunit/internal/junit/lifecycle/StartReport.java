package io.probeunit.internal.junit.lifecycle;

import io.probeunit.internal.arming.ArmedStart;
import io.probeunit.internal.recording.Judgement;
import io.probeunit.internal.recording.SummaryText;
import io.probeunit.internal.report.Difference;
import io.probeunit.internal.report.FailureStory;
import io.probeunit.internal.report.FiringsTable;
import io.probeunit.internal.report.VerdictWord;
import io.probeunit.internal.run.ReportTrouble;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.AssertionFailedError;

/** Judges one start of a container, and publishes what became of it. Problems with a report go to the log. */
final class StartReport {

    private static final int MOST_PRINTED = 200;

    private final ExtensionContext context;
    private final ReportTrouble trouble;
    private final String target;
    private final ArmedStart start;

    StartReport(ExtensionContext context, ReportTrouble trouble, String target, ArmedStart start) {
        this.context = context;
        this.trouble = trouble;
        this.target = target;
        this.start = start;
    }

    /** What the class or the test fails with; empty if all that is expected of the start is met. */
    Optional<AssertionFailedError> judge(boolean printed) {
        Judgement judgement = start.judge();
        attempt("report entries", () -> context.publishReportEntry("probeunit.startup", entry(judgement)));
        if (printed) {
            attempt(
                    "printed report",
                    () -> System.out.println("Start of container %s: %s"
                            .formatted(target, FiringsTable.of(judgement.summary(), judgement.after(), MOST_PRINTED))));
        }
        return FailureStory.of(judgement).map(story -> failure(judgement, story));
    }

    private String entry(Judgement judgement) {
        return "container %s: %s, engine %s (%s) on host %s, window %s, %s"
                .formatted(
                        target,
                        VerdictWord.of(judgement),
                        judgement.summary().engine(),
                        start.engine().how(),
                        start.host().name(),
                        new SummaryText(judgement.summary()).length(),
                        judgement.summary().points().stream()
                                .map(tally -> tally.probe() + "="
                                        + tally.observation().fired())
                                .collect(Collectors.joining(", ")));
    }

    private AssertionFailedError failure(Judgement judgement, String story) {
        String text = Stream.of(
                        List.of("Start of container %s (window = STARTUP): %s".formatted(target, story)),
                        start.host()
                                .helper()
                                .map(helper -> List.of("Probed from the host '%s': %s."
                                        .formatted(start.host().name(), helper)))
                                .orElse(List.of()),
                        passedOver(),
                        notes(judgement))
                .flatMap(List::stream)
                .collect(Collectors.joining("\n"));
        Difference difference = Difference.of(judgement);
        return new AssertionFailedError(text, difference.expected(), difference.actual());
    }

    private List<String> passedOver() {
        return Stream.concat(
                        start.passedOverHosts().stream(),
                        start.engine().passedOver().stream().map(engine -> "Engine " + engine))
                .map(why -> "Passed over: " + why)
                .toList();
    }

    private List<String> notes(Judgement judgement) {
        return Stream.concat(start.notes().stream(), judgement.summary().notes().stream())
                .map(note -> "Note: " + note)
                .toList();
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
}
