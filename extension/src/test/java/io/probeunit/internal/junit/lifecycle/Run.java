package io.probeunit.internal.junit.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.OutputDirectoryCreator;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;

/** A run of test classes by JUnit, and what became of each test. */
final class Run {

    private final EngineExecutionResults results;

    private Run(EngineExecutionResults results) {
        this.results = results;
    }

    static Run of(Map<String, String> parameters, Class<?>... tests) {
        return new Run(kit(parameters, tests).execute());
    }

    /** A run whose tests can publish files. */
    static Run of(OutputDirectoryCreator output, Map<String, String> parameters, Class<?>... tests) {
        return new Run(kit(parameters, tests).outputDirectoryCreator(output).execute());
    }

    /** A run of one test of a class. */
    static Run of(Map<String, String> parameters, Class<?> test, String method) {
        return new Run(kit(parameters, selectMethod("%s#%s".formatted(test.getName(), method)))
                .execute());
    }

    private static EngineTestKit.Builder kit(Map<String, String> parameters, Class<?>... tests) {
        return kit(parameters, Stream.of(tests).map(c -> selectClass(c)).toArray(DiscoverySelector[]::new));
    }

    private static EngineTestKit.Builder kit(Map<String, String> parameters, DiscoverySelector... tests) {
        return EngineTestKit.engine("junit-jupiter").selectors(tests).configurationParameters(parameters);
    }

    /** Each test by its display name, with its result. */
    Map<String, TestExecutionResult.Status> tests() {
        Map<String, TestExecutionResult.Status> tests = new LinkedHashMap<>();
        results.testEvents().finished().stream()
                .forEach(e -> tests.put(
                        e.getTestDescriptor().getDisplayName(),
                        e.getRequiredPayload(TestExecutionResult.class).getStatus()));
        return tests;
    }

    /** Demands that every test and every class succeeded, and that so many tests ran: a run of nothing is no success. */
    void assertSucceeded(int tests) {
        assertThat(results.allEvents().finished().stream().flatMap(Run::reason))
                .as("What did not succeed")
                .isEmpty();
        assertThat(results.allEvents().skipped().stream())
                .as("What was skipped")
                .isEmpty();
        assertThat(succeeded()).as("How many tests succeeded").isEqualTo(tests);
    }

    /** What a test, or a class, ended with; it must have run. */
    Optional<Throwable> end(String test) {
        List<Event> ends = results.allEvents().finished().stream()
                .filter(e -> e.getTestDescriptor().getDisplayName().equals(test))
                .toList();
        assertThat(ends).as("The ends of %s", test).isNotEmpty();
        return ends.stream().flatMap(Run::reason).findFirst();
    }

    /** What the only test ended with. */
    Throwable failure() {
        List<Throwable> all =
                results.allEvents().finished().stream().flatMap(Run::reason).toList();
        if (all.size() != 1) {
            throw new AssertionError("not one failure but " + all);
        }
        return all.get(0);
    }

    /** What tests and classes ended with, those that did not succeed. */
    List<Throwable> failures() {
        return results.allEvents().finished().stream().flatMap(Run::reason).toList();
    }

    long succeeded() {
        return count(TestExecutionResult.Status.SUCCESSFUL);
    }

    long failed() {
        return count(TestExecutionResult.Status.FAILED);
    }

    long aborted() {
        return count(TestExecutionResult.Status.ABORTED);
    }

    /** Report entries in the order in which they were published. */
    List<Map<String, String>> entries() {
        return results.allEvents().stream()
                .filter(e -> e.getType() == EventType.REPORTING_ENTRY_PUBLISHED)
                .map(e -> e.getRequiredPayload(ReportEntry.class).getKeyValuePairs())
                .toList();
    }

    /** Of a failure, or of an abort. */
    private static Stream<Throwable> reason(Event end) {
        return end.getRequiredPayload(TestExecutionResult.class).getThrowable().stream();
    }

    private long count(TestExecutionResult.Status status) {
        return tests(status).count();
    }

    private Stream<Event> tests(TestExecutionResult.Status status) {
        return results.testEvents().finished().stream()
                .filter(e -> e.getRequiredPayload(TestExecutionResult.class).getStatus() == status);
    }
}
