package io.probeunit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.Recording;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.Outcomes;
import io.probeunit.conformance.kit.ReportedRun;
import io.probeunit.conformance.kit.Sidecars;
import io.probeunit.conformance.kit.Subjects;
import io.probeunit.conformance.kit.TestImage;
import io.probeunit.conformance.kit.ToolLog;
import io.probeunit.conformance.truth.TruthContainer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** A path on one host is none on another: each has settings and a preflight of its own, and a fallback. */
@Tag("once")
@Testcontainers
@Timeout(240)
class SettingsOfHostsTest {

    @Container
    static final TruthContainer container = new TruthContainer();

    @TempDir
    Path folder;

    @AfterEach
    void noSidecarIsLeft() {
        Sidecars.ofThisJvm().awaitNone(List.of());
    }

    /** A program and an environment that the sidecar does not have: SystemTap would be found there with neither. */
    @Test
    void what_is_set_for_this_machine_does_not_reach_the_sidecar() {
        ToolLog here = ToolLog.of("stap", folder);

        Map<String, String> report = report(Map.of(
                "probeunit.host", "sidecar",
                "probeunit.engine", "stap",
                "probeunit.stap.command", here.command(),
                "probeunit.stap.environment", "PATH=/nowhere"));

        assertThat(report)
                .containsEntry("probeunit.engine", "stap")
                .containsEntry("probeunit.host", "sidecar")
                .hasEntrySatisfying(
                        "probeunit.host.helper",
                        what -> assertThat(what)
                                .startsWith("a privileged container of our image probeunit/sidecar,")
                                .contains(Sidecars.LABEL));
        assertThat(here.calls()).isEmpty();
    }

    @Test
    void what_is_set_for_the_sidecar_does_not_reach_this_machine() {
        Map<String, String> report = report(Map.of(
                "probeunit.host", "auto",
                "probeunit.engine", "auto",
                "probeunit.sidecar.image", "probeunit.example/no-such-image",
                "probeunit.sidecar.stap.command", "/nowhere/stap",
                "probeunit.sidecar.stap.environment", "PATH=/nowhere"));

        assertThat(report)
                .containsEntry("probeunit.engine", "stap")
                .containsEntry("probeunit.host", "local")
                .doesNotContainKeys(
                        "probeunit.engine.passed-over", "probeunit.host.passed-over", "probeunit.host.helper");
    }

    /** Nothing is fetched for it. */
    @Test
    void the_sidecar_is_served_by_the_built_in_engine_where_none_is_asked_for() {
        Map<String, String> report = report(Map.of(
                "probeunit.host", "sidecar",
                "probeunit.engine", "auto",
                "probeunit.sidecar.stap.command", "/nowhere/stap"));

        assertThat(report)
                .containsEntry("probeunit.engine", "uprobe")
                .containsEntry("probeunit.host", "sidecar")
                .doesNotContainKey("probeunit.engine.passed-over")
                .hasEntrySatisfying(
                        "probeunit.host.helper",
                        what -> assertThat(what).startsWith("a privileged container of our image probeunit/helper"));
    }

    @Test
    void the_sidecar_has_a_preflight_of_its_own() {
        run(Map.of(
                        "probeunit.host", "sidecar",
                        "probeunit.engine", "stap",
                        "probeunit.sidecar.stap.command", "/nowhere/stap"))
                .failure("probes")
                .contains("stap: cannot work here", "/nowhere/stap");
    }

    /** Files of this machine are copied into its {@code /tmp}. */
    @Test
    void a_file_of_this_machine_is_a_program_in_the_sidecar() {
        ToolLog old = ToolLog.of(
                "old-stap", folder, "echo 'Systemtap translator/driver (version 3.1/0.168, Debian version 3.1)'");

        run(Map.of(
                        "probeunit.host", "sidecar",
                        "probeunit.engine", "stap",
                        "probeunit.sidecar.files", old.command(),
                        "probeunit.sidecar.stap.command", "/tmp/old-stap"))
                .failure("probes")
                .contains("SystemTap 3.1 is too old");

        assertThat(old.calls()).isEmpty();
    }

    @Test
    void an_image_of_somebodys_own_is_taken() {
        String image = TestImage.of("sidecar-java").get();

        Map<String, String> report = report(
                Map.of("probeunit.host", "sidecar", "probeunit.engine", "auto", "probeunit.sidecar.image", image));

        assertThat(report)
                .containsEntry("probeunit.engine", "uprobe")
                .hasEntrySatisfying(
                        "probeunit.host.helper",
                        what -> assertThat(what).startsWith("a privileged container of the image " + image));
    }

    @Test
    void system_tap_that_is_asked_for_there_is_an_error_that_says_what_the_image_lacks() {
        String image = TestImage.of("sidecar-java").get();

        run(Map.of("probeunit.host", "sidecar", "probeunit.engine", "stap", "probeunit.sidecar.image", image))
                .failure("probes")
                .contains(
                        "No engine can arm the probes of this test",
                        "there is no program 'stap'",
                        "It must be in the image of the sidecar (probeunit.sidecar.image)",
                        "probeunit.sidecar.stap.command");
    }

    /** Why it is privileged must not have to be looked for. */
    @Test
    void a_failure_says_that_a_sidecar_was_started_and_why() {
        run(Map.of("probeunit.host", "sidecar", "probeunit.engine", "uprobe"), Failing.class)
                .failure("probes")
                .contains("Probed from the host 'sidecar': a privileged container of our image probeunit/helper");
    }

    private static Map<String, String> report(Map<String, String> parameters) {
        List<Map<String, String>> reports = ReportedRun.of(parameters, Probing.class);
        assertThat(reports).hasSize(1);
        return reports.get(0);
    }

    private static Outcomes run(Map<String, String> parameters) {
        return run(parameters, Probing.class);
    }

    private static Outcomes run(Map<String, String> parameters, Class<?> subject) {
        return Subjects.run(parameters, subject);
    }

    static class Probing {
        @Probed
        static final TruthContainer container = SettingsOfHostsTest.container;

        @Test
        @ExpectFunction(value = "alpha", times = 3)
        void probes(Recording recording) {
            assertThat(container.truth().call("alpha", 3)).isEqualTo(3);
            assertThat(recording.function("alpha").count()).isEqualTo(3);
        }
    }

    static class Failing {
        @Probed
        static final TruthContainer container = SettingsOfHostsTest.container;

        @Test
        @ExpectFunction(value = "alpha", times = 3)
        void probes() {
            container.truth().call("alpha", 2);
        }
    }
}
