package io.probeunit.annotations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.probeunit.annotations.bridge.ProbeLifecycle;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.hierarchical.Node;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;

/** Runs test classes with JUnit, with chosen extensions to be found; tells what happened. */
final class Run {

    private final EngineExecutionResults results;

    private Run(EngineExecutionResults results) {
        this.results = results;
    }

    static Run withoutExtension(Class<?>... testClasses) {
        return withServices("", Map.of(), testClasses);
    }

    static Run withExtension(Class<?>... testClasses) {
        return withServices(ReportingExtension.class.getName(), Map.of(), testClasses);
    }

    static Run inParallel(Class<?>... testClasses) {
        return withServices(
                ReportingExtension.class.getName(),
                Map.of(
                        "junit.jupiter.execution.parallel.enabled", "true",
                        "junit.jupiter.execution.parallel.mode.default", "concurrent",
                        "junit.jupiter.execution.parallel.mode.classes.default", "concurrent",
                        "junit.jupiter.execution.parallel.config.strategy", "fixed",
                        "junit.jupiter.execution.parallel.config.fixed.parallelism", "4"),
                testClasses);
    }

    static Run withServices(String services, Map<String, String> parameters, Class<?>... testClasses) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(new Services(before, services));
        try {
            return new Run(EngineTestKit.engine("junit-jupiter")
                    .selectors(Stream.of(testClasses).map(c -> selectClass(c)).toArray(DiscoverySelector[]::new))
                    .configurationParameters(parameters)
                    .execute());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    long testsStarted() {
        return results.testEvents().started().count();
    }

    /** Demands that every test and every class succeeded, and that so many tests ran: a run of nothing is no success. */
    void assertSucceeded(int tests) {
        assertThat(failures()).as("What did not succeed").isEmpty();
        assertThat(results.allEvents().skipped().stream())
                .as("What was skipped")
                .isEmpty();
        assertThat(testsSucceeded()).as("How many tests succeeded").isEqualTo(tests);
    }

    long testsSkipped() {
        return results.testEvents().skipped().count();
    }

    long testsSucceeded() {
        return results.testEvents().succeeded().count();
    }

    long testsFailed() {
        return results.testEvents().failed().count();
    }

    /** Every failure, of tests and of classes. */
    List<Throwable> failures() {
        return results.allEvents().failed().stream()
                .map(e -> e.getRequiredPayload(TestExecutionResult.class))
                .flatMap(r -> r.getThrowable().stream())
                .toList();
    }

    /** How often each call came, all tests and classes taken together. */
    Map<String, Long> calls() {
        return results.allEvents().stream()
                .filter(e -> e.getType() == EventType.REPORTING_ENTRY_PUBLISHED)
                .map(Run::call)
                .collect(Collectors.groupingBy(call -> call, Collectors.counting()));
    }

    /** The extensions that reported anything. */
    Set<String> instances() {
        return results.allEvents().stream()
                .filter(e -> e.getType() == EventType.REPORTING_ENTRY_PUBLISHED)
                .map(e -> entry(e, ReportingExtension.INSTANCE))
                .collect(Collectors.toSet());
    }

    /** The locks that JUnit's scheduler takes for the only test there is, and for what is around that. */
    List<String> locksOfTheTest() {
        return results.testEvents().finished().stream()
                .map(Event::getTestDescriptor)
                .reduce((a, b) -> {
                    throw new IllegalStateException("more than one test");
                })
                .stream()
                .flatMap(test -> Stream.concat(Stream.of(test), test.getAncestors().stream()))
                .map(d -> (Node<?>) d)
                .flatMap(node -> node.getExclusiveResources().stream())
                .map(r -> r.getLockMode() + " " + r.getKey())
                .toList();
    }

    private static String call(Event event) {
        return entry(event, ReportingExtension.ENTRY);
    }

    private static String entry(Event event, String key) {
        return event.getRequiredPayload(ReportEntry.class).getKeyValuePairs().get(key);
    }

    /** Answers with its own list of services, and with everything else that its parent has. */
    static final class Services extends ClassLoader {

        private static final String FILE = "META-INF/services/" + ProbeLifecycle.class.getName();
        private final String services;

        Services(ClassLoader parent, String services) {
            super(parent);
            this.services = services;
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            return name.equals(FILE) ? Collections.enumeration(List.of(url())) : super.getResources(name);
        }

        private URL url() throws IOException {
            return new URL(null, "memory:services", new URLStreamHandler() {
                @Override
                protected URLConnection openConnection(URL url) {
                    return new URLConnection(url) {
                        @Override
                        public void connect() {}

                        @Override
                        public InputStream getInputStream() {
                            return new ByteArrayInputStream(services.getBytes(StandardCharsets.UTF_8));
                        }
                    };
                }
            });
        }
    }
}
