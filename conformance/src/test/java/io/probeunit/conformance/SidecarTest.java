package io.probeunit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.HostConfig;
import io.probeunit.Recording;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ExpectMark;
import io.probeunit.annotations.ExpectSampled;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.ProbeSettings;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.AttachedTruth;
import io.probeunit.conformance.kit.ChildJvm;
import io.probeunit.conformance.kit.Leftovers;
import io.probeunit.conformance.kit.Outcomes;
import io.probeunit.conformance.kit.Sidecars;
import io.probeunit.conformance.truth.TruthContainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** The privileged helper container: started only where it is needed, and gone with the JVM, however that ends. */
@Tag("once")
@Testcontainers
@Timeout(300)
class SidecarTest {

    private static final String NOBODY = "65534";
    static final String ARMED = "the probes are armed";

    @Container
    static final TruthContainer container = new TruthContainer();

    @TempDir
    Path folder;

    @Test
    void a_user_who_may_only_speak_with_the_daemon_has_exact_probes() throws IOException {
        try (ChildJvm.Running jvm = ordinaryUser(Probing.class).start()) {
            jvm.outcomes().passed("countsAndValues", "aGuardedMark", "fromASidecar");

            new Sidecars(jvm.pid()).awaitNone(List.of());
            // Testcontainers removes what is left at the end of a JVM, and must find nothing half removed
            assertThat(jvm.output()).doesNotContain("removal of container");
        }
    }

    @Test
    void so_has_one_with_perf() throws IOException {
        Outcomes outcomes = ordinaryUser(Probing.class)
                .property("build.conformance.engine", "perf")
                .run();

        outcomes.passed("countsAndValues", "aGuardedMark", "fromASidecar");
    }

    /** Nothing is said of a host: who may not sample here does so there. */
    @Test
    void an_ordinary_user_can_sample() throws IOException {
        Outcomes outcomes = ordinaryUser(Sampling.class).run();

        outcomes.passed("whatComputes");
        outcomes.failure("whatIsIdle").contains("in 0 of ", "alpha (/opt/truth/bin/truth)", "from host sidecar");
    }

    /** No container has what sampling needs, so it is done from elsewhere. */
    @Test
    void so_can_one_who_probes_from_inside_the_target() throws IOException {
        ordinaryUser(Sampling.class)
                .property("build.conformance.host", "container")
                .run()
                .passed("whatComputes");
    }

    @Test
    void an_image_without_perf_is_an_error_that_says_what_to_do() {
        Outcomes outcomes = sidecar(Probing.class)
                .property("build.conformance.engine", "perf")
                .property("probeunit.sidecar.perf.command", "/nowhere/perf")
                .run();

        outcomes.failure("countsAndValues")
                .contains("there is no program '/nowhere/perf'", "probeunit.sidecar.image", "linux-perf");
    }

    /** Engines need two capabilities; to find the container's files takes another one. */
    @Test
    void who_may_load_programs_and_not_look_at_others_processes_has_a_sidecar() throws IOException {
        Outcomes outcomes = ordinaryUser(Probing.class, "+bpf,+perfmon").run();

        outcomes.passed("countsAndValues", "aGuardedMark", "fromASidecar");
    }

    @Test
    void with_the_third_capability_it_is_not_needed() throws IOException {
        Outcomes outcomes =
                ordinaryUser(Probing.class, "+bpf,+perfmon,+sys_ptrace").run();

        outcomes.passed("countsAndValues", "aGuardedMark");
        outcomes.failure("fromASidecar").contains("Expected size: 1 but was: 0");
    }

    @Test
    void without_a_sidecar_the_error_says_which_right_is_missing() throws IOException {
        ordinaryUser(Probing.class, "+bpf,+perfmon")
                .property("build.conformance.host", "local")
                .run()
                .failure("countsAndValues")
                .contains("may not be looked at from the host 'local'", "CAP_SYS_PTRACE", "SIDECAR");
    }

    @Test
    void nothing_privileged_starts_where_local_is_possible() {
        child(Probing.class).run().failure("fromASidecar").contains("Expected size: 1 but was: 0");
    }

    @Test
    void a_killed_jvm_takes_its_sidecar_and_its_probes_with_it() {
        try (ChildJvm.Running jvm = sidecar(Waiting.class).start()) {
            jvm.awaitLine(ARMED);
            List<String> ids = new Sidecars(jvm.pid()).ids();
            assertThat(ids).hasSize(1);

            jvm.kill();

            new Sidecars(jvm.pid()).awaitNone(ids);
        }
    }

    @Test
    void a_sidecar_that_is_killed_fails_the_test_and_the_next_one_has_another() {
        Outcomes outcomes = sidecar(Killing.class).run();

        outcomes.failure("first").containsIgnoringCase("inconclusive").contains("sidecar", "has ended");
        outcomes.passed("second");
    }

    /** The events of the first one are gone at the end, too: the second one sees to it. */
    @Test
    void so_it_is_with_perf() {
        Leftovers before = Leftovers.before();

        Outcomes outcomes = sidecar(Killing.class)
                .property("build.conformance.engine", "perf")
                .run();

        outcomes.failure("first").containsIgnoringCase("inconclusive").contains("'sidecar'", "ended");
        outcomes.passed("second");
        before.awaitNone();
    }

    /** A container that was created and not started yet when its JVM died, and one that is somebody else's. */
    @Test
    void the_next_run_removes_what_a_dead_one_left() {
        String label;
        try (ChildJvm.Running jvm = sidecar(Waiting.class).start()) {
            jvm.awaitLine(ARMED);
            label = new Sidecars(jvm.pid()).labels().get(0);
            jvm.kill();
        }
        String image = container.getDockerImageName();
        String dead = Sidecars.createOnly(image, label);
        String elsewhere = Sidecars.createOnly(image, label.replaceFirst("^\\S+", "another-machine"));
        try {
            sidecar(Probing.class).run().passed("countsAndValues");

            assertThat(Sidecars.isThere(dead)).isFalse();
            assertThat(Sidecars.isThere(elsewhere)).isTrue();
        } finally {
            Sidecars.remove(elsewhere);
        }
    }

    /** Where everything dies at once, uprobe events stay in the kernel, and pin the container's file system. */
    @ParameterizedTest
    @CsvSource({"stap, stapbpf, sidecar", "perf, perf, sidecar", "perf, perf, local"})
    void the_next_run_removes_the_uprobe_events_that_were_left(String engine, String program, String nextHost)
            throws Exception {
        Leftovers before = Leftovers.before();
        try (ChildJvm.Running jvm = sidecar(Waiting.class)
                .property("build.conformance.engine", engine)
                .start()) {
            jvm.awaitLine(ARMED);
            Sidecars sidecars = new Sidecars(jvm.pid());
            // it would clean up
            assertThat(new ProcessBuilder("kill", "-STOP", String.valueOf(jvm.pid()))
                            .start()
                            .waitFor())
                    .isZero();
            sidecars.killProcesses(program);
            sidecars.kill();
            jvm.kill();
        }
        before.mustBeThere();

        child(Probing.class)
                .property("build.conformance.host", nextHost)
                .property("build.conformance.engine", engine)
                .run()
                .passed("aGuardedMark");

        before.awaitNone();
    }

    /** What it may do, and what it may not: also where the daemon's defaults are others than here. */
    @Test
    void the_daemon_gives_it_what_it_needs_and_no_network() {
        try (ChildJvm.Running jvm = sidecar(Waiting.class).start()) {
            jvm.awaitLine(ARMED);

            InspectContainerResponse sidecar = new Sidecars(jvm.pid()).onlyOne();
            HostConfig host = sidecar.getHostConfig();
            assertThat(host.getPrivileged()).isTrue();
            assertThat(host.getPidMode()).isEqualTo("host");
            assertThat(host.getCgroupnsMode()).isEqualTo("host");
            assertThat(host.getNetworkMode()).isEqualTo("none");
            assertThat(host.getAutoRemove()).isTrue();
            assertThat(host.getBinds()).isEmpty();
            assertThat(sidecar.getConfig().getStdInOnce()).isTrue();
        }
    }

    @Test
    void any_image_will_do() {
        Outcomes outcomes = sidecar(Probing.class)
                .property("build.conformance.engine", "uprobe")
                .property("probeunit.sidecar.image", container.getDockerImageName())
                .run();

        outcomes.passed("countsAndValues");
    }

    private ChildJvm ordinaryUser(Class<?> subject) throws IOException {
        return ordinaryUser(subject, "-all");
    }

    private ChildJvm ordinaryUser(Class<?> subject, String capabilities) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path home = Files.createDirectory(folder.resolve("home"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));
        String docker = String.valueOf(Files.getAttribute(Path.of("/var/run/docker.sock"), "unix:gid"));
        return child(subject)
                .withClassPathIn(folder)
                .environment("HOME", home.toString())
                .property("user.home", home.toString())
                .under("setpriv", "--reuid", NOBODY, "--regid", docker, "--clear-groups")
                .under("--inh-caps", capabilities, "--ambient-caps", capabilities);
    }

    private static ChildJvm sidecar(Class<?> subject) {
        return child(subject).property("build.conformance.host", "sidecar");
    }

    private static ChildJvm child(Class<?> subject) {
        return ChildJvm.of(subject)
                .watching(container.getContainerId())
                .property("build.conformance.engine", "uprobe")
                .property("build.conformance.host", "auto");
    }

    static class Probing {
        @Probed
        static final AttachedTruth container = new AttachedTruth();

        @Test
        @ExpectFunction(value = "alpha", times = 1_000, capture = "arg1")
        void countsAndValues(Recording recording) {
            container.truth().call("alpha", 1_000);

            assertThat(recording.function("alpha").list())
                    .isNotEmpty()
                    .allSatisfy(firing -> assertThat(firing.captures()).containsKey("arg1"));
        }

        @Test
        @ExpectMark(value = "truth:guarded", times = 5)
        @ExpectMark(value = "truth:guarded", times = 2, where = "arg1 > 2")
        void aGuardedMark() {
            container.truth().call("guarded", 5);
        }

        @Test
        @ExpectFunction(value = "alpha", times = 0)
        void fromASidecar() {
            assertThat(Sidecars.ofThisJvm().ids()).hasSize(1);
        }
    }

    static class Sampling {
        @Probed
        static final AttachedTruth container = new AttachedTruth();

        @Test
        @ExpectSampled(value = "alpha", atLeastPercent = 50)
        void whatComputes() {
            container.truth().call("alpha", 100_000_000);
        }

        @Test
        @ExpectSampled(value = "beta", atLeastPercent = 50)
        void whatIsIdle() {
            container.truth().call("alpha", 100_000_000);
        }
    }

    static class Waiting {
        @Probed
        static final AttachedTruth container = new AttachedTruth();

        @Test
        @ProbeFunction("alpha")
        void waits() throws IOException {
            System.out.println(ARMED);
            System.in.read();
        }
    }

    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    @ProbeSettings(host = ProbeSettings.Host.SIDECAR)
    static class Killing {
        @Probed
        static final AttachedTruth container = new AttachedTruth();

        @Test
        @Order(1)
        @ExpectFunction(value = "alpha", times = 2)
        void first() {
            container.truth().call("alpha", 2);
            Sidecars.ofThisJvm().kill();
        }

        @Test
        @Order(2)
        @ExpectFunction(value = "alpha", times = 3)
        void second() {
            container.truth().call("alpha", 3);
        }
    }
}
