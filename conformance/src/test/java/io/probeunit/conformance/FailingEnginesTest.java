package io.probeunit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.Recording;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ProbeSettings;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.AttachedTruth;
import io.probeunit.conformance.kit.ChildJvm;
import io.probeunit.conformance.kit.Leftovers;
import io.probeunit.conformance.kit.ReportedRun;
import io.probeunit.conformance.kit.Sidecars;
import io.probeunit.conformance.kit.Subjects;
import io.probeunit.conformance.kit.ToolLog;
import io.probeunit.conformance.truth.TruthContainer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** SystemTap itself, which passes its preflight and then cannot arm: what {@code AUTO} does, and what it says. */
@Tag("once")
@Testcontainers
@Timeout(240)
class FailingEnginesTest {

    private static final String COMPILES = "case \" $* \" in *' -p4 '*) ";

    /** The script's way to find a task's cgroup becomes a helper that no kernel has. */
    private static final String MISCOMPILES = COMPILES
            + "for script; do :; done; sed -i 's/0x85, 0, 0, 0, 123;/0x85, 0, 0, 0, 123456;/' \"$script\";; esac; exec stap \"$@\"";

    @Container
    static final TruthContainer container = new TruthContainer();

    @Container
    static final TruthContainer other = new TruthContainer();

    @TempDir
    Path folder;

    @Test
    void a_script_that_does_not_compile() {
        ToolLog stap = ToolLog.of("stap", folder, COMPILES + "set -- --no-such-option \"$@\";; esac; exec stap \"$@\"");

        List<Map<String, String>> reports = ReportedRun.of(with(stap), TwoTests.class);

        assertThat(reports)
                .hasSize(2)
                .allSatisfy(report -> assertThat(report)
                        .containsEntry("probeunit.engine", "uprobe")
                        .hasEntrySatisfying(
                                "probeunit.engine.passed-over",
                                why -> assertThat(why)
                                        .startsWith(
                                                "stap: could not arm the probes of FailingEnginesTest.TwoTests.first()")
                                        .contains("could not compile the probes", "no-such-option")));
        // for the class and for the first test alone, each by symbols and then by stand-ins
        assertThat(stap.calls()).filteredOn(call -> call.contains(" -p4 ")).hasSize(4);
    }

    @Test
    void a_program_that_the_kernel_refuses() {
        Leftovers before = Leftovers.before();
        ToolLog stap = ToolLog.of("stap", folder, MISCOMPILES);

        List<Map<String, String>> reports = ReportedRun.of(with(stap), TwoTests.class);

        assertThat(reports)
                .hasSize(2)
                .allSatisfy(report -> assertThat(report)
                        .containsEntry("probeunit.engine", "uprobe")
                        .hasEntrySatisfying(
                                "probeunit.engine.passed-over",
                                why -> assertThat(why).contains("SystemTap ended before it had armed the probes")));
        before.awaitNone();
    }

    @Test
    void the_engine_that_is_named_stays_an_error() {
        ToolLog stap = ToolLog.of("stap", folder, MISCOMPILES);

        Subjects.run(Map.of("probeunit.stap.command", stap.command(), "probeunit.engine", "stap"), Named.class)
                .failure("probes")
                .contains("EngineException", "SystemTap ended before it had armed the probes");
    }

    /** What it has armed in the first is taken away; the test has both from one engine. */
    @Test
    void the_second_of_two_containers() {
        Leftovers before = Leftovers.before();
        Path once = folder.resolve("once");
        ToolLog stap = ToolLog.of(
                "stap",
                folder,
                COMPILES + "if [ -e %1$s ]; then exit 1; fi; touch %1$s;; esac; exec stap \"$@\"".formatted(once));

        List<Map<String, String>> reports = ReportedRun.of(with(stap), TwoContainers.class);

        assertThat(reports)
                .singleElement()
                .satisfies(report -> assertThat(report)
                        .containsEntry("probeunit.engine", "uprobe")
                        .containsEntry("probeunit.counts", "alpha@container=3, beta@other=2"));
        before.awaitNone();
    }

    /** SystemTap's preflight does not ask for the right to load programs, which only the sidecar has here. */
    @Test
    void where_all_local_engines_fail_the_sidecar_arms() {
        String lost = "-sys_admin,-bpf,-perfmon";
        ChildJvm child = ChildJvm.of(InSidecar.class)
                .watching(container.getContainerId())
                .property("build.conformance.engine", "auto")
                .property("build.conformance.host", "auto")
                .under("setpriv", "--bounding-set", lost, "--inh-caps", lost);
        try (ChildJvm.Running jvm = child.start()) {
            jvm.outcomes().passed("probes");

            new Sidecars(jvm.pid()).awaitNone(List.of());
        }
    }

    private static Map<String, String> with(ToolLog stap) {
        return Map.of("probeunit.stap.command", stap.command());
    }

    private static void callsThrice(Recording recording) {
        assertThat(container.truth().call("alpha", 3)).isEqualTo(3);
        assertThat(recording.function("alpha").count()).isEqualTo(3);
        assertThat(recording.engine()).isEqualTo("uprobe");
    }

    @ProbeSettings(engine = ProbeSettings.Engine.AUTO)
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class TwoTests {
        @Probed
        static final TruthContainer container = FailingEnginesTest.container;

        @Test
        @Order(1)
        @ExpectFunction(value = "alpha", times = 3)
        void first(Recording recording) {
            callsThrice(recording);
        }

        @Test
        @Order(2)
        @ExpectFunction(value = "alpha", times = 3)
        @ExpectFunction(value = "beta", times = 0)
        void second(Recording recording) {
            callsThrice(recording);
        }
    }

    static class Named {
        @Probed
        static final TruthContainer container = FailingEnginesTest.container;

        @Test
        @ExpectFunction(value = "alpha", times = 0)
        void probes() {}
    }

    @ProbeSettings(engine = ProbeSettings.Engine.AUTO)
    static class TwoContainers {
        @Probed
        static final TruthContainer container = FailingEnginesTest.container;

        @Probed
        static final TruthContainer other = FailingEnginesTest.other;

        @Test
        @ExpectFunction(value = "alpha", container = "container", times = 3)
        @ExpectFunction(value = "beta", container = "other", times = 2)
        void probes() {
            container.truth().call("alpha", 3);
            other.truth().call("beta", 2);
        }
    }

    static class InSidecar {
        @Probed
        static final AttachedTruth container = new AttachedTruth();

        @Test
        @ExpectFunction(value = "alpha", times = 3)
        void probes(Recording recording) {
            assertThat(container.truth().call("alpha", 3)).isEqualTo(3);
            assertThat(recording.function("alpha").count()).isEqualTo(3);
            assertThat(Sidecars.ofThisJvm().ids()).hasSize(1);
        }
    }
}
