package io.probeunit.conformance.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.Outcomes;
import io.probeunit.conformance.kit.Subjects;
import io.probeunit.conformance.truth.TruthContainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** An engine comes with its module: nothing else knows {@link CountEngine}. */
@Tag("once")
@Testcontainers
@Timeout(120)
class PluggedEngineTest {

    private static final Path TRACEFS = Path.of("/sys/kernel/tracing");

    @Container
    static final TruthContainer container = new TruthContainer();

    /** Has the same file. */
    @Container
    static final TruthContainer sibling = new TruthContainer();

    @Test
    void it_counts_and_is_judged() throws IOException {
        Outcomes outcomes = run(Map.of(), Counts.class);

        assertThat(outcomes.of("right").entries())
                .containsEntry("probeunit.engine", "count")
                .containsEntry("probeunit.engine.how", "perf events in " + TRACEFS)
                .containsEntry("probeunit.verdict", "met");
        outcomes.passed("right");
        outcomes.failure("wrong").contains("beta", "times = 2", "3");
        assertThat(Files.readString(TRACEFS.resolve("uprobe_events"))).doesNotContain("probeunit_");
    }

    @Test
    void it_refuses_what_it_cannot_do() {
        run(Map.of(), Captures.class).failure("captures").contains("count: cannot serve this test", "it only counts");
    }

    /** What it asks of the kernel goes by its host, so it works elsewhere too. */
    @Test
    void it_counts_from_the_sidecar() {
        Outcomes outcomes = run(Map.of("probeunit.host", "sidecar"), Counts.class);

        assertThat(outcomes.of("right").entries())
                .containsEntry("probeunit.host", "sidecar")
                .containsEntry("probeunit.verdict", "met");
        outcomes.passed("right");
        outcomes.failure("wrong").contains("beta", "times = 2", "3");
    }

    @Test
    void it_is_not_on_a_host_against_which_it_has_a_reason() {
        run(Map.of("probeunit.host", "container"), Counts.class)
                .failure("right")
                .contains(
                        "engine = COUNT",
                        "cannot be used on host CONTAINER",
                        "cannot leave out ProbeUnit's own tools",
                        "UPROBE");
    }

    @Test
    void auto_comes_to_it_last() {
        assertThat(run(Map.of("probeunit.engine", "auto"), Counts.class)
                        .of("right")
                        .entries())
                .containsEntry("probeunit.engine", "stap");
    }

    private static Outcomes run(Map<String, String> parameters, Class<?> subject) {
        Map<String, String> all = new HashMap<>(Map.of(
                "probeunit.engine", "count", "probeunit.host", "local", CountEngineProvider.ALLOWED.key(), "true"));
        all.putAll(parameters);
        return Subjects.run(all, subject);
    }

    static class Counts {
        @Probed
        static final TruthContainer container = PluggedEngineTest.container;

        @Test
        @ExpectFunction(value = "alpha", times = 5)
        @ExpectFunction(value = "beta", times = 0)
        void right() {
            container.truth().call("alpha", 5);
            sibling.truth().call("alpha", 7);
        }

        @Test
        @ExpectFunction(value = "beta", times = 2)
        void wrong() {
            container.truth().call("beta", 3);
        }
    }

    static class Captures {
        @Probed
        static final TruthContainer container = PluggedEngineTest.container;

        @Test
        @ExpectFunction(value = "alpha", where = "arg1:s32 == 1")
        void captures() {
            container.truth().call("alpha", 1);
        }
    }
}
