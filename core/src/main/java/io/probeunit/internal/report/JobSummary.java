package io.probeunit.internal.report;

import io.probeunit.internal.recording.SummaryText;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The classes of a run with expectations that are not met, in Markdown. Thread-safe. */
public final class JobSummary {

    private static final int MOST_CLASSES = 50;
    private static final int MOST_TESTS = 10;

    private final Map<String, TestClass> classes = new LinkedHashMap<>();

    /** A class with tests that fail. */
    private static final class TestClass {
        private final Set<String> tests = new LinkedHashSet<>();
        private int unmet;
        private int inconclusive;
        private Optional<String> timeline = Optional.empty();
    }

    /**
     * Adds a test.
     *
     * @param testClass the class that has the timeline
     * @param test its name
     * @param verdict {@code unmet} or {@code inconclusive}
     * @param timeline its path, if there is one
     */
    public synchronized void add(String testClass, String test, String verdict, Optional<String> timeline) {
        TestClass its = classes.computeIfAbsent(testClass, name -> new TestClass());
        its.tests.add(test);
        its.timeline = timeline.or(() -> its.timeline);
        if (verdict.equals("unmet")) {
            its.unmet++;
        } else {
            its.inconclusive++;
        }
    }

    /**
     * Writes it.
     *
     * @return a headline and a table, with empty lines around; empty if no test was added
     */
    public synchronized Optional<String> markdown() {
        if (classes.isEmpty()) {
            return Optional.empty();
        }
        String rows = classes.entrySet().stream()
                .limit(MOST_CLASSES)
                .map(one -> row(one.getKey(), one.getValue()))
                .collect(Collectors.joining());
        String more = classes.size() > MOST_CLASSES
                ? "\nAnd %d more classes.\n".formatted(classes.size() - MOST_CLASSES)
                : "";
        return Optional.of(
                "\n### ProbeUnit: expectations that are not met\n\n| class | unmet | inconclusive | tests | timeline |\n|---|---|---|---|---|\n"
                        + rows + more + "\n");
    }

    private static String row(String name, TestClass its) {
        String tests =
                its.tests.stream().limit(MOST_TESTS).map(JobSummary::code).collect(Collectors.joining(", "))
                        + (its.tests.size() > MOST_TESTS
                                ? ", and %d more".formatted(its.tests.size() - MOST_TESTS)
                                : "");
        return "| %s | %d | %d | %s | %s |\n"
                .formatted(
                        code(name),
                        its.unmet,
                        its.inconclusive,
                        tests,
                        its.timeline.map(JobSummary::code).orElse(""));
    }

    /** Names of tests may have any character: as HTML, since a code span of a table cannot hold them all. */
    private static String code(String text) {
        return "<code>%s</code>"
                .formatted(SummaryText.printable(text)
                        .codePoints()
                        .mapToObj(c -> Character.isLetterOrDigit(c) || " .,()".indexOf(c) >= 0
                                ? Character.toString(c)
                                : "&#%d;".formatted(c))
                        .collect(Collectors.joining()));
    }
}
