package io.probeunit.internal.junit.lifecycle;

import io.probeunit.internal.coverage.CoveragePoint;
import io.probeunit.internal.coverage.TestCoverage;
import io.probeunit.internal.junit.declared.TestPlace;
import io.probeunit.internal.plan.ProbeRequest;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What the tests of a top-level class and its nested classes have counted until now. Thread-safe. */
final class CoverageLog {

    private final Queue<Entry> entries = new ConcurrentLinkedQueue<>();

    /**
     * One invocation of a test.
     *
     * @param place the test
     * @param coverage what it saw
     * @param points of each request
     * @param leftOut what each request also matches, and cannot be counted
     */
    record Entry(
            TestPlace place,
            TestCoverage coverage,
            Map<ProbeRequest, Set<CoveragePoint>> points,
            Map<ProbeRequest, Map<CoveragePoint, String>> leftOut) {}

    void add(Entry entry) {
        entries.add(entry);
    }

    /** Those of a class, and of the classes nested in it. */
    List<Entry> of(Class<?> testClass) {
        return entries.stream()
                .filter(entry -> TestsOfClass.isIn(testClass, entry.place()))
                .toList();
    }
}
