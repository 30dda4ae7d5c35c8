package io.probeunit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.Recording;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ProbeSettings;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.AttachedTruth;
import io.probeunit.conformance.kit.ChildJvm;
import io.probeunit.conformance.kit.ReportedRun;
import io.probeunit.conformance.truth.Truth;
import io.probeunit.conformance.truth.TruthContainer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** Which engine is taken where none is named, and that a person can see it. */
@Tag("once")
@Testcontainers
@Timeout(120)
class WhichEngineTest {

    @Container
    static final TruthContainer container = new TruthContainer();

    @Test
    void system_tap_where_it_is_ready() {
        Map<String, String> report = report(Map.of(), WithStap.class);

        assertThat(report).containsEntry("probeunit.engine", "stap").doesNotContainKey("probeunit.engine.passed-over");
        assertThat(report.get("probeunit.engine.how")).containsIgnoringCase("SystemTap");
    }

    /** Of the text in the other test SystemTap would read 63 bytes. */
    @Test
    void the_built_in_engine_where_it_serves_the_class_better() {
        List<Map<String, String>> reports = ReportedRun.of(Map.of(), WithText.class);

        assertThat(reports).hasSize(2).allSatisfy(report -> {
            assertThat(report).containsEntry("probeunit.engine", "uprobe");
            assertThat(report.get("probeunit.engine.passed-over"))
                    .startsWith("stap: another engine serves this class better: ")
                    .contains("take_string", "captures text; SystemTap reads only 63 bytes")
                    .doesNotContain("\n");
        });
    }

    @Test
    void the_built_in_engine_where_system_tap_is_missing() {
        Map<String, String> report = report(Map.of("probeunit.stap.command", "/nonexistent"), WithoutStap.class);

        assertThat(report).containsEntry("probeunit.engine", "uprobe");
        assertThat(report.get("probeunit.engine.how")).contains("built-in");
        assertThat(report.get("probeunit.engine.passed-over")).contains("stap", "/nonexistent");
    }

    /** A root user that may trace, and may not load programs into the kernel. */
    @Test
    void perf_where_neither_can_work() {
        ChildJvm.of(WithPerf.class)
                .watching(container.getContainerId())
                .property("probeunit.stap.command", "/nonexistent")
                .under("setpriv", "--bounding-set", "-sys_admin,-bpf", "--inh-caps", "-sys_admin,-bpf")
                .run()
                .assertSucceeded(1);
    }

    /** A setting beats what AUTO would take. */
    @Test
    void the_one_that_is_named() {
        Map<String, String> report = report(Map.of("probeunit.engine", "uprobe"), Named.class);

        assertThat(report)
                .containsEntry("probeunit.engine", "uprobe")
                .doesNotContainKey("probeunit.engine.passed-over");
    }

    private static Map<String, String> report(Map<String, String> parameters, Class<?> subject) {
        List<Map<String, String>> entries = ReportedRun.of(parameters, subject);
        assertThat(entries).hasSize(1);
        return entries.get(0);
    }

    private static void callsThrice(Recording recording, String engine) {
        assertThat(container.truth().call("alpha", 3)).isEqualTo(3);
        assertThat(recording.function("alpha").count()).isEqualTo(3);
        assertThat(recording.engine()).isEqualTo(engine);
    }

    @ProbeSettings(engine = ProbeSettings.Engine.AUTO)
    static class WithStap {
        @Probed
        static final TruthContainer container = WhichEngineTest.container;

        @Test
        @ExpectFunction(value = "alpha", times = 3)
        void probes(Recording recording) {
            callsThrice(recording, "stap");
        }
    }

    @ProbeSettings(engine = ProbeSettings.Engine.AUTO)
    static class WithText {
        @Probed
        static final TruthContainer container = WhichEngineTest.container;

        @Test
        @ExpectFunction(value = "alpha", times = 3)
        void counts(Recording recording) {
            callsThrice(recording, "uprobe");
        }

        @Test
        @ExpectFunction(value = "take_string", times = 1, where = "arg1:string =~ end$")
        void reads() {
            container.truth().takeString(Truth.Place.HEAP, "x".repeat(100) + "end");
        }
    }

    @ProbeSettings(engine = ProbeSettings.Engine.AUTO)
    static class WithoutStap {
        @Probed
        static final TruthContainer container = WhichEngineTest.container;

        @Test
        @ExpectFunction(value = "alpha", times = 3)
        void probes(Recording recording) {
            callsThrice(recording, "uprobe");
        }
    }

    @ProbeSettings(engine = ProbeSettings.Engine.AUTO)
    static class WithPerf {
        @Probed
        static final AttachedTruth container = new AttachedTruth();

        @Test
        @ExpectFunction(value = "alpha", times = 3)
        void probes(Recording recording) {
            assertThat(container.truth().call("alpha", 3)).isEqualTo(3);
            assertThat(recording.function("alpha").count()).isEqualTo(3);
            assertThat(recording.engine()).isEqualTo("perf");
        }
    }

    static class Named {
        @Probed
        static final TruthContainer container = WhichEngineTest.container;

        @Test
        @ExpectFunction(value = "alpha", times = 3)
        void probes(Recording recording) {
            callsThrice(recording, "uprobe");
        }
    }
}
