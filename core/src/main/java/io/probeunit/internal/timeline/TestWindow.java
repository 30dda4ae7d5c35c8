package io.probeunit.internal.timeline;

import io.probeunit.Firing;
import io.probeunit.internal.recording.Judgement;
import io.probeunit.internal.recording.Summary;
import io.probeunit.internal.recording.SummaryText;
import io.probeunit.internal.report.Json;
import io.probeunit.internal.report.TestReport;
import io.probeunit.internal.report.VerdictWord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What one test saw, as a page has it: text that is small while the tests of a class run.
 *
 * @param met whether nothing speaks against the test
 * @param facts the report of the test without its firings, as JSON
 * @param firings the firings, as JSON; empty if they were left out
 * @param kept the number of firings in {@code firings}
 * @param leftOut the number of further firings with details
 */
public record TestWindow(boolean met, String facts, String firings, long kept, long leftOut) {

    /** Of how many firings of a test the page has the details. */
    static final int MOST_FIRINGS = 200_000;

    /** How many characters the firings of a test may take, about. */
    static final int MOST_TEXT = 16_000_000;

    /**
     * Writes down what a test saw.
     *
     * @param test which test
     * @param setup how it was probed
     * @param judgement what was expected and seen
     * @return the firings in the order of time, as many as there is room for
     */
    public static TestWindow of(TestReport.Test test, TestReport.Setup setup, Judgement judgement) {
        return of(test, setup, judgement, MOST_FIRINGS, MOST_TEXT);
    }

    static TestWindow of(
            TestReport.Test test, TestReport.Setup setup, Judgement judgement, int mostFirings, int mostText) {
        Map<String, Object> facts = TestReport.facts(test, setup, judgement);
        facts.put("opened", judgement.summary().opened());
        FiringsText text = new FiringsText(mostFirings, mostText);
        text.add(judgement.summary());
        judgement.after().ifPresent(text::add);
        boolean met = !test.failedItself() && VerdictWord.isMet(String.valueOf(facts.get("verdict")));
        return new TestWindow(met, Json.of(facts), text.json(), text.kept, text.leftOut);
    }

    long size() {
        return facts.length() + firings.length();
    }

    TestWindow withoutFirings() {
        return new TestWindow(met, facts, "", 0, leftOut + kept);
    }

    String json() {
        return "{\"facts\": %s, \"firings\": %s, \"kept\": %d, \"leftOut\": %d}"
                .formatted(facts, firings.isEmpty() ? "null" : firings, kept, leftOut);
    }

    /**
     * Firings as four numbers each: nanoseconds since the one before, and the positions of the point, the task and the
     * captured values in lists. Tests call the same functions with the same values again and again.
     */
    private static final class FiringsText {
        private final int mostFirings;
        private final int mostText;
        private final Positions<List<String>> points = new Positions<>();
        private final Positions<List<Object>> tasks = new Positions<>();
        private final Positions<String> values = new Positions<>();
        private final Map<String, Object> stacks = new LinkedHashMap<>();
        private final StringBuilder numbers = new StringBuilder();
        private long before;
        private long text;
        private long kept;
        private long leftOut;

        FiringsText(int mostFirings, int mostText) {
            this.mostFirings = mostFirings;
            this.mostText = mostText;
        }

        void add(Summary summary) {
            SummaryText shown = new SummaryText(summary);
            for (Firing firing : summary.firings()) {
                if (kept >= mostFirings || text + numbers.length() >= mostText) {
                    leftOut++;
                } else {
                    add(firing, shown.captures(firing));
                }
            }
        }

        private void add(Firing firing, String captures) {
            numbers.append(numbers.isEmpty() ? "" : ",")
                    .append(firing.nanos() - before)
                    .append(',')
                    .append(points.of(List.of(firing.container(), firing.probe())))
                    .append(',')
                    .append(tasks.of(List.of(firing.pid(), firing.tid(), SummaryText.printable(firing.command()))))
                    .append(',');
            int known = values.all.size();
            numbers.append(values.of(captures));
            text += values.all.size() > known ? captures.length() : 0;
            stack(firing);
            before = firing.nanos();
            kept++;
        }

        private void stack(Firing firing) {
            if (!firing.stack().isEmpty() || firing.stackCut().isPresent()) {
                List<String> lines = Stream.concat(
                                firing.stack().stream().map(Object::toString),
                                firing.stackCut().stream().map(why -> "no more: " + why))
                        .map(SummaryText::printable)
                        .toList();
                stacks.put(String.valueOf(kept), lines);
                text += lines.stream().mapToInt(String::length).sum();
            }
        }

        String json() {
            return "{\"points\": %s, \"tasks\": %s, \"values\": %s, \"stacks\": %s, \"numbers\": [%s]}"
                    .formatted(Json.of(points.all), Json.of(tasks.all), Json.of(values.all), Json.of(stacks), numbers);
        }
    }

    /** Each value once, with its position. */
    private static final class Positions<T> {
        private final List<T> all = new ArrayList<>();
        private final Map<T, Integer> known = new HashMap<>();

        int of(T value) {
            return known.computeIfAbsent(value, v -> {
                all.add(v);
                return all.size() - 1;
            });
        }
    }
}
