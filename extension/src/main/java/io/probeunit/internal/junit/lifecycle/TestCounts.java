package io.probeunit.internal.junit.lifecycle;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What became of the tests of a class that have probes. Thread-safe. */
final class TestCounts {

    /** Of a test whose probes count for the coverage of its class alone. */
    static final String COUNTED = "counted";

    /** Of a test that fails before its window opens. */
    static final String NOT_ARMED = "not armed";

    private static final List<String> ORDER = List.of("met", "unmet", "inconclusive", COUNTED, NOT_ARMED);

    private final Map<String, Integer> counts = new TreeMap<>(Comparator.comparing(ORDER::indexOf));

    /** Adds a test by the word for its verdict. */
    synchronized void add(String verdict) {
        counts.merge(verdict, 1, Integer::sum);
    }

    /** For example {@code 3 tests (2 met, 1 unmet)}. */
    synchronized String text() {
        int all = counts.values().stream().mapToInt(Integer::intValue).sum();
        return "%s (%s)"
                .formatted(
                        all == 1 ? "1 test" : all + " tests",
                        counts.entrySet().stream()
                                .map(count -> count.getValue() + " " + count.getKey())
                                .collect(Collectors.joining(", ")));
    }

    synchronized boolean isEmpty() {
        return counts.isEmpty();
    }
}
