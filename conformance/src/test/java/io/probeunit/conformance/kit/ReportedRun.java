package io.probeunit.conformance.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** What the tests of a subject class publish in report entries. */
public final class ReportedRun {

    private ReportedRun() {}

    /**
     * Runs a subject class all of whose tests pass.
     *
     * @param parameters JUnit configuration parameters
     * @return for each test, in the order in which they ran, its entries
     */
    public static List<Map<String, String>> of(Map<String, String> parameters, Class<?> subject) {
        EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                .configurationParameters(parameters)
                .selectors(DiscoverySelectors.selectClass(subject))
                .execute();
        results.testEvents()
                .failed()
                .assertThatEvents()
                .as("Failures of %s", subject.getSimpleName())
                .isEmpty();
        List<Map<String, String>> entries = results.allEvents().reportingEntryPublished().stream()
                .map(event -> event.getRequiredPayload(ReportEntry.class))
                .<Map<String, String>>map(entry -> new HashMap<>(entry.getKeyValuePairs()))
                .toList();
        assertThat(entries).hasSize((int) results.testEvents().succeeded().count());
        return entries;
    }
}
