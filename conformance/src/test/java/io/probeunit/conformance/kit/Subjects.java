package io.probeunit.conformance.kit;

import io.probeunit.conformance.kit.Outcomes.Outcome;
import io.probeunit.conformance.kit.Outcomes.Status;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;

/**
 * Runs test classes whose tests may fail, as a person would run them, and tells how they ended.
 *
 * <p>Such a subject is a static class inside a test class, where Surefire does not look for tests. A subject shares the
 * container of the class around it through a field of its own.
 */
public final class Subjects {

    private Subjects() {}

    /** Runs all tests of some classes. */
    public static Outcomes run(Class<?>... subjects) {
        return run(Map.of(), subjects);
    }

    /** Runs all tests of some classes with JUnit configuration parameters. */
    public static Outcomes run(Map<String, String> parameters, Class<?>... subjects) {
        List<Event> events = EngineTestKit.engine("junit-jupiter")
                // the test kit has no place for files
                .configurationParameter("probeunit.report.files", "NONE")
                .configurationParameters(parameters)
                .selectors(
                        Stream.of(subjects).map(DiscoverySelectors::selectClass).toArray(DiscoverySelector[]::new))
                .execute()
                .allEvents()
                .list();
        return new Outcomes(
                events.stream().flatMap(event -> outcome(event, events)).toList());
    }

    private static Map<String, String> entries(TestDescriptor test, List<Event> events) {
        Map<String, String> entries = new TreeMap<>();
        events.stream()
                .filter(event -> event.getType() == EventType.REPORTING_ENTRY_PUBLISHED)
                .filter(event -> event.getTestDescriptor().equals(test))
                .forEach(event -> entries.putAll(
                        event.getRequiredPayload(ReportEntry.class).getKeyValuePairs()));
        return entries;
    }

    private static Stream<Outcome> outcome(Event event, List<Event> events) {
        TestDescriptor descriptor = event.getTestDescriptor();
        if (event.getType() == EventType.SKIPPED) {
            String reason = event.getPayload(String.class).orElse("");
            return Stream.of(new Outcome(name(descriptor), Status.SKIPPED, reason, Map.of()));
        }
        Optional<TestExecutionResult> result = event.getPayload(TestExecutionResult.class);
        if (event.getType() != EventType.FINISHED || result.isEmpty()) {
            return Stream.empty();
        }
        Status status = switch (result.get().getStatus()) {
            case SUCCESSFUL -> Status.PASSED;
            case FAILED -> Status.FAILED;
            case ABORTED -> Status.ABORTED;
        };
        boolean tells = descriptor.isTest() || status != Status.PASSED;
        String story = result.get().getThrowable().map(Subjects::story).orElse("");
        return tells
                ? Stream.of(new Outcome(name(descriptor), status, story, entries(descriptor, events)))
                : Stream.empty();
    }

    private static String name(TestDescriptor descriptor) {
        String method = descriptor
                .getSource()
                .filter(MethodSource.class::isInstance)
                .map(source -> ((MethodSource) source).getMethodName())
                .orElseGet(descriptor::getDisplayName);
        boolean invocation = descriptor.getUniqueId().toString().contains("test-template-invocation");
        return invocation ? method + " " + descriptor.getDisplayName() : method;
    }

    private static String story(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
