package io.probeunit.internal.report;

import io.probeunit.internal.recording.Judgement;
import io.probeunit.internal.recording.OrderVerdict;
import io.probeunit.internal.recording.Outcome;
import io.probeunit.internal.recording.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * What was expected and what was seen, line by line, for all unmet expectations; development environments show the two
 * side by side.
 *
 * @param expected a line for each expectation that is not met
 * @param actual the same lines with what was seen
 */
public record Difference(String expected, String actual) {

    /**
     * Compares.
     *
     * @param judgement what became of a test's expectations
     * @return the two texts; both empty if everything is met
     */
    public static Difference of(Judgement judgement) {
        List<String> expected = new ArrayList<>();
        List<String> actual = new ArrayList<>();
        for (Outcome outcome : judgement.outcomes()) {
            if (!outcome.verdict().isMet()) {
                expected.add(line(
                        outcome,
                        outcome.expectation().bounds()
                                + outcome.took()
                                        .map(times -> ", and " + times.limit())
                                        .orElse("")));
                actual.add(line(
                        outcome,
                        outcome.observation().describe()
                                + outcome.took()
                                        .map(times -> "; " + times.describe())
                                        .orElse("")
                                + doubt(outcome.verdict())));
            }
        }
        for (OrderVerdict order : judgement.orders()) {
            if (!order.verdict().isMet()) {
                expected.add(String.join(", then ", order.order().names()));
                actual.add(order.outcome().story() + doubt(order.verdict()));
            }
        }
        return new Difference(String.join("\n", expected), String.join("\n", actual));
    }

    private static String line(Outcome outcome, Object count) {
        return "%s: %s%s"
                .formatted(
                        outcome.expectation().probe().point().describe(),
                        count,
                        outcome.expectation().where().text(", "));
    }

    private static String doubt(Verdict verdict) {
        return verdict instanceof Verdict.Inconclusive ? " (inconclusive)" : "";
    }
}
