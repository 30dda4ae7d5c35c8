package io.probeunit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.Frame;
import io.probeunit.Recording;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.conformance.kit.OnlyEngine;
import io.probeunit.conformance.truth.TruthContainer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** What a process has mapped that began before the window is asked of {@code /proc}, where it has a number of its own. */
@Tag("host")
@Testcontainers
@Timeout(120)
@OnlyEngine({"uprobe", "perf"})
class StackOfAServerTest {

    @Container
    static final TruthContainer container = new TruthContainer();

    @Test
    @ProbeFunction(value = "alpha", capture = "stack")
    void names_the_functions_of_a_process_that_began_before(Recording recording) {
        container.truth().call("alpha", 1);

        assertThat(recording.function("alpha").list()).singleElement().satisfies(firing -> {
            assertThat(firing.stack())
                    .hasSizeGreaterThan(1)
                    .extracting(Frame::function)
                    .startsWith("alpha");
            assertThat(firing.stack().get(0).binary()).isEqualTo(TruthContainer.PIE);
        });
    }
}
