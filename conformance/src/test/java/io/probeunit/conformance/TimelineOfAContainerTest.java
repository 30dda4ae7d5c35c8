package io.probeunit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.Browser;
import io.probeunit.conformance.truth.TruthContainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.OutputDirectoryCreator;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** The timeline of a class whose container was probed, in a browser. */
@Tag("once")
@Testcontainers
@Timeout(120)
class TimelineOfAContainerTest {

    @Container
    static final TruthContainer container = new TruthContainer();

    @TempDir
    Path folder;

    @Test
    void a_class_that_probes_a_container_has_one() throws Exception {
        try (Browser browser = new Browser(folder)) {
            EngineTestKit.engine("junit-jupiter")
                    .configurationParameter("probeunit.report.files", "FAILED")
                    .outputDirectoryCreator(new OutputDirectoryCreator() {
                        @Override
                        public Path getRootDirectory() {
                            return folder;
                        }

                        @Override
                        public Path createOutputDirectory(TestDescriptor test) throws IOException {
                            return Files.createDirectories(folder.resolve(test.getDisplayName()));
                        }
                    })
                    .selectors(DiscoverySelectors.selectClass(Fails.class))
                    .execute()
                    .testEvents()
                    .assertStatistics(events -> events.started(1).failed(1));

            Browser.Page page = browser.open(folder.resolve("TimelineOfAContainerTest$Fails/timeline.html"));

            assertThat(page.text("of('summary').textContent")).isEqualTo("1 test, 1 unmet, 3 firings");
            assertThat(page.text("of('details').textContent")).contains("exactly 2 times", "3 times");
            page.await("canvas.dataset.windows", "1");
            assertThat(page.text("lanes.filter(one => one.level === 2).map(one => one.name + ' ' + one.list.length)"))
                    .isEqualTo("alpha 3");
            page.press("n");
            assertThat(page.text("of('details').textContent")).contains("captures", "arg1=");
            assertThat(Files.readAllLines(folder.resolve("fires()/firings.jsonl")))
                    .hasSize(4);
        }
    }

    static class Fails {
        @Probed
        static final TruthContainer truth = container;

        @Test
        @ExpectFunction(value = "alpha", times = 2, capture = "arg1")
        void fires() {
            assertThat(truth.truth().call("alpha", 3)).isEqualTo(3);
        }
    }
}
