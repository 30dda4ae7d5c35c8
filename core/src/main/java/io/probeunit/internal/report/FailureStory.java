package io.probeunit.internal.report;

import io.probeunit.internal.plan.Expectation;
import io.probeunit.internal.recording.Judgement;
import io.probeunit.internal.recording.Observation;
import io.probeunit.internal.recording.OrderVerdict;
import io.probeunit.internal.recording.Outcome;
import io.probeunit.internal.recording.Summary;
import io.probeunit.internal.recording.SummaryText;
import io.probeunit.internal.recording.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The failure text of a test with unmet expectations: what was expected, what fired instead, and where. */
public final class FailureStory {

    private static final String INDENT = "   ";
    private static final int POINTS_SHOWN = 10;
    private static final int AFTER_SHOWN = 5;

    private final Judgement judgement;
    private final List<String> lines = new ArrayList<>();
    /** Texts of doubts, by the expectation that has them. */
    private final Map<String, Integer> doubted = new LinkedHashMap<>();

    private FailureStory(Judgement judgement) {
        this.judgement = judgement;
    }

    /**
     * Tells why a test fails.
     *
     * @param judgement what became of its expectations
     * @return several lines; empty if everything is met
     */
    public static Optional<String> of(Judgement judgement) {
        return judgement.isMet() ? Optional.empty() : Optional.of(new FailureStory(judgement).tell());
    }

    private String tell() {
        lines.add(headline());
        int number = 1;
        for (Outcome outcome : judgement.outcomes()) {
            if (!outcome.verdict().isMet()) {
                tell(number++, outcome);
            }
        }
        for (OrderVerdict order : judgement.orders()) {
            if (!order.verdict().isMet()) {
                tell(number++, order);
            }
        }
        tell(judgement.summary());
        judgement.after().ifPresent(this::tellAfter);
        return String.join("\n", lines);
    }

    private String headline() {
        List<Verdict> verdicts = judgement.verdicts();
        long unmet = verdicts.stream().filter(Verdict.Unmet.class::isInstance).count();
        long inconclusive =
                verdicts.stream().filter(Verdict.Inconclusive.class::isInstance).count();
        String of = "%d of " + (verdicts.size() == 1 ? "1 expectation" : verdicts.size() + " expectations");
        if (inconclusive == 0) {
            return of.formatted(unmet) + (unmet == 1 ? " was not met" : " were not met");
        }
        String open = (inconclusive == 1 ? "is" : "are") + " inconclusive, which counts as failed";
        return unmet == 0
                ? of.formatted(inconclusive) + " " + open
                : of.formatted(unmet) + (unmet == 1 ? " was not met, " : " were not met, ") + inconclusive + " " + open;
    }

    private void tell(int number, Outcome outcome) {
        Expectation expectation = outcome.expectation();
        title(number, expectation.probe().declaration());
        line("expected", expected(expectation));
        line("seen", seen(outcome));
        doubts(number, outcome.verdict());
        examples(outcome);
        StackLines.of(outcome.callers()).forEach(line -> lines.add(INDENT + line));
        outcome.lackOfStacks().filter(why -> outcome.callers().isEmpty()).ifPresent(why -> line("stack", why));
        where(outcome.points());
        outcome.hints().forEach(hint -> line("hint", hint));
    }

    private void tell(int number, OrderVerdict order) {
        title(number, order.order().declaration());
        line("expected", String.join(", then ", order.order().names()));
        line("seen", order.outcome().story());
        doubts(number, order.verdict());
    }

    private void title(int number, String declaration) {
        lines.add("");
        lines.add("%d) %s".formatted(number, declaration));
    }

    private static String expected(Expectation expectation) {
        return expectation.bounds()
                + expectation.where().text(", ")
                + expectation.probe().took().map(limit -> ", and " + limit).orElse("")
                + expectation
                        .within()
                        .map(d -> ", watched for %d ms after the test method".formatted(d.toMillis()))
                        .orElse("");
    }

    private static String seen(Outcome outcome) {
        Observation seen = outcome.observation();
        String took = outcome.took().map(times -> "; " + times.describe()).orElse("");
        if (!seen.filtered()) {
            return seen.describe() + took;
        }
        return "%s; whatever the values, it fired %s%s"
                .formatted(seen.describe(), unfiltered(seen).describe(), took);
    }

    private static Observation unfiltered(Observation seen) {
        return Observation.unfiltered(seen.fired(), seen.dropped(), seen.doubts());
    }

    private void doubts(int number, Verdict verdict) {
        if (verdict instanceof Verdict.Inconclusive inconclusive) {
            int first = doubted.computeIfAbsent(inconclusive.text(), text -> number);
            line("doubts", first == number ? inconclusive.text() : "those of %d)".formatted(first));
        }
    }

    /** A doubt about the whole window is one of the expectations, too. */
    private boolean isTold(String doubt) {
        return doubted.keySet().stream().anyMatch(text -> text.contains(doubt));
    }

    private void examples(Outcome outcome) {
        SummaryText text = new SummaryText(judgement.summary());
        List<String> firings = text.firings(outcome.examples());
        for (int i = 0; i < firings.size(); i++) {
            line(i == 0 ? "firings" : "", firings.get(i));
        }
        long more = outcome.observation().fired() - firings.size();
        if (!firings.isEmpty() && more > 0) {
            line("", "and %d more".formatted(more));
        }
    }

    /** Of many, those that fired are worth the room. */
    private void where(List<Summary.Tally> all) {
        List<Summary.Tally> points = all.size() <= POINTS_SHOWN
                ? all
                : all.stream()
                        .sorted(Comparator.comparing(Summary.Tally::isSilent))
                        .limit(POINTS_SHOWN)
                        .toList();
        List<String> places = points.stream()
                .map(p -> points.size() == 1
                        ? "container %s, %s".formatted(p.container(), p.binary())
                        : "container %s, %s: %s, %s"
                                .formatted(
                                        p.container(),
                                        p.binary(),
                                        p.probe(),
                                        p.observation().describe()))
                .toList();
        for (int i = 0; i < places.size(); i++) {
            line(i == 0 ? "probed in" : "", places.get(i));
        }
        if (all.size() > points.size()) {
            long fired = firing(all) - firing(points);
            line(
                    "",
                    "and %d more points, %s"
                            .formatted(
                                    all.size() - points.size(),
                                    fired == 0 ? "none of which fired" : fired + " of which fired"));
        }
    }

    private static long firing(List<Summary.Tally> points) {
        return points.stream().filter(p -> !p.isSilent()).count();
    }

    private void tell(Summary summary) {
        SummaryText text = new SummaryText(summary);
        lines.add("");
        lines.add("What fired in the window of %s (engine %s):".formatted(text.length(), summary.engine()));
        text.points().forEach(p -> lines.add(INDENT + p));
        lines.add(text.loss(this::isTold));
    }

    private void tellAfter(Summary after) {
        lines.add("");
        lines.addAll(AfterText.lines(after, AFTER_SHOWN));
    }

    private void line(String label, String text) {
        lines.add("%s%-10s %s".formatted(INDENT, label.isEmpty() ? "" : label + ":", text));
    }
}
