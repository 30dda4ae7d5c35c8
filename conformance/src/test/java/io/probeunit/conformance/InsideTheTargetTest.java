package io.probeunit.conformance;

import static io.probeunit.assertj.ProbeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.Recording;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ExpectMark;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.ProbeMark;
import io.probeunit.annotations.ProbeSettings;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.AttachedTruth;
import io.probeunit.conformance.kit.ChildJvm;
import io.probeunit.conformance.kit.Inside;
import io.probeunit.conformance.kit.Outcomes;
import io.probeunit.conformance.kit.Subjects;
import io.probeunit.conformance.truth.Truth;
import io.probeunit.conformance.truth.TruthContainer;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** SystemTap runs in the container that is probed: as exact as from anywhere else, and nothing of it stays there. */
@Tag("once")
@Testcontainers
@Timeout(300)
class InsideTheTargetTest {

    private static final String ARMED = "the probes are armed";

    @Container
    static final TruthContainer container = TruthContainer.inside();

    /** Of the same image, so that it has the same files. */
    @Container
    static final TruthContainer sibling = TruthContainer.inside();

    @Test
    void counts_and_values_are_those_of_the_container() {
        Subjects.run(Probing.class).assertSucceeded(5);

        Inside.of(container).awaitNothing();
    }

    @Test
    void a_test_may_have_two_targets() {
        Subjects.run(TwoTargets.class).assertSucceeded(2);
    }

    @Test
    void a_restart_is_inconclusive_and_the_next_test_is_armed_anew() {
        Outcomes outcomes = Subjects.run(Restarting.class);

        outcomes.failure("restarts").containsIgnoringCase("inconclusive").contains("was started again");
        outcomes.passed("theNextTest");
        Inside.awaitNoProbes(ProcessHandle.current().pid());
    }

    @Test
    void a_jvm_that_is_killed_leaves_nothing() {
        try (ChildJvm.Running jvm = child(Waiting.class).start()) {
            jvm.awaitLine(ARMED);
            Inside.of(container, jvm.pid()).mustBeThere();

            jvm.kill();

            Inside.of(container, jvm.pid()).awaitNothing();
        }
    }

    /** The tools die with it, and cannot take their probes away. */
    @Test
    void what_a_killed_container_leaves_the_next_run_removes() throws IOException, InterruptedException {
        try (TruthContainer mortal = TruthContainer.inside()) {
            mortal.start();
            long dead;
            try (ChildJvm.Running jvm = inside(ChildJvm.of(Waiting.class).watching(mortal.getContainerId()))
                    .start()) {
                dead = jvm.pid();
                jvm.awaitLine(ARMED);
                // else it would remove them itself
                assertThat(new ProcessBuilder("kill", "-STOP", String.valueOf(dead))
                                .start()
                                .waitFor())
                        .isZero();
                mortal.getDockerClient()
                        .killContainerCmd(mortal.getContainerId())
                        .exec();
                jvm.kill();
            }
            assertThat(Inside.probes(dead)).isNotEmpty();

            Subjects.run(TwoTargets.class).assertSucceeded(2);

            Inside.awaitNoProbes(dead);
        }
    }

    /** No session of ours follows in a container, whose kernel this JVM can reach by itself. */
    @Test
    void what_a_restarted_container_leaves_is_removed_without_another_session() {
        Subjects.run(RestartingAtLast.class).failure("restarts").contains("was started again");

        Inside.awaitNoProbes(ProcessHandle.current().pid());
    }

    /** Then it is not told how deep its group lies. */
    @Test
    void a_container_in_a_cgroup_namespace_of_its_own() {
        Subjects.run(OwnCgroupNamespace.class).assertSucceeded(1);
    }

    @Test
    void a_container_that_is_not_privileged_is_refused() {
        Subjects.run(NotPrivileged.class)
                .failure("probes")
                .contains("not privileged", "withPrivilegedMode(true)", "SIDECAR", "LOCAL");
    }

    @Test
    void an_image_without_system_tap_is_refused() {
        Subjects.run(WithoutSystemTap.class)
                .failure("probes")
                .contains("there is no program 'stap'", "apt-get install systemtap");
    }

    @Test
    void an_image_without_a_shell_is_refused_for_system_tap_alone() {
        Subjects.run(WithoutShell.class).failure("probes").contains("there is no program 'stap'");
        Subjects.run(WithoutShellByUprobe.class).assertSucceeded(1);
    }

    @Test
    void a_container_that_does_not_run_is_refused() {
        Subjects.run(NotStarted.class).failure("probes").contains("does not exist", "not started");
    }

    @Test
    void perf_is_refused() {
        Subjects.run(Map.of("probeunit.engine", "perf"), OtherEngine.class)
                .failure("probes")
                .contains("PERF", "STAP", "UPROBE", "CONTAINER");
    }

    private static void restart(TruthContainer target) {
        target.getDockerClient()
                .restartContainerCmd(target.getContainerId())
                .withTimeout(0)
                .exec();
    }

    private static ChildJvm child(Class<?> subject) {
        return inside(ChildJvm.of(subject).watching(container.getContainerId()));
    }

    private static ChildJvm inside(ChildJvm jvm) {
        return jvm.property("build.conformance.engine", "stap").property("build.conformance.host", "container");
    }

    @ProbeSettings(host = ProbeSettings.Host.CONTAINER, engine = ProbeSettings.Engine.STAP)
    static class Probing {
        @Probed
        static final TruthContainer target = InsideTheTargetTest.container;

        private final Truth truth = target.truth();

        @Test
        @ExpectFunction(value = "alpha", times = 1_003, capture = "arg1:s64")
        @ExpectFunction(value = "beta", times = 2, onReturn = true)
        @ExpectMark(value = "truth:gamma", times = 40)
        void countsAndValues(Recording recording) {
            truth.call("alpha", 3);
            sibling.truth().call("alpha", 500);
            assertThat(recording.function("alpha").list())
                    .extracting(firing -> firing.captures().get("arg1"))
                    .containsExactly(0L, 1L, 2L);
            truth.call("beta", 2);
            truth.call("gamma", 40);
            truth.call("alpha", 1_000);
            assertThat(recording.engine()).isEqualTo("stap");
        }

        @Test
        @ProbeFunction("alpha")
        void threadsChildrenAndProgramsOfDockerExec(Recording recording) {
            long passed = truth.spread("alpha", 2, 2, 5_000);
            passed += truth.children("alpha", 20, 2).count("alpha");
            passed += target.exec(TruthContainer.PIE, "call alpha 7").count("alpha");

            assertThat(recording).function("alpha").firedTimes(passed);
        }

        /** Each barrier runs a program in the container, which calls this function as every one of coreutils does. */
        @Test
        @ProbeFunction(value = "setlocale", binary = "libc.so.6")
        void whatOurToolsDoIsNotTheContainers(Recording recording) throws Exception {
            assertThat(recording).function("setlocale").neverFired();
            for (int i = 1; i <= 3; i++) {
                assertThat(target.execInContainer("stat", "/").getExitCode()).isZero();
                assertThat(recording).function("setlocale").firedTimes(i);
            }
        }

        @Test
        @ExpectMark(value = "truth:guarded", times = 5)
        @ExpectMark(value = "truth:watched", times = 2)
        void guardedMarks() {
            assertThat(truth.call("guarded", 5)).isEqualTo(5);
            assertThat(truth.call("watched", 2)).isEqualTo(2);
        }

        @Test
        @ExpectMark(value = "truth:words", times = 1, capture = "arg1:string", where = "arg1:string == hello")
        void texts() {
            truth.words(Truth.Place.STACK, "hello");
        }
    }

    @ProbeSettings(host = ProbeSettings.Host.CONTAINER, engine = ProbeSettings.Engine.STAP)
    static class TwoTargets {
        @Probed
        static final TruthContainer one = InsideTheTargetTest.container;

        @Probed
        static final TruthContainer other = InsideTheTargetTest.sibling;

        @Test
        @ExpectFunction(value = "alpha", container = "one", times = 3)
        @ExpectFunction(value = "alpha", container = "other", times = 2)
        void eachFiringBelongsToItsTarget() {
            one.truth().call("alpha", 3);
            other.truth().call("alpha", 2);
        }

        @Test
        @ExpectFunction(value = "alpha", container = "other", times = 5)
        void oneAlone() {
            one.truth().call("alpha", 3);
            other.truth().call("alpha", 5);
        }
    }

    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    @Testcontainers
    @ProbeSettings(host = ProbeSettings.Host.CONTAINER, engine = ProbeSettings.Engine.STAP)
    static class Restarting {
        @Container
        static final TruthContainer target = TruthContainer.inside();

        /** SystemTap is shown a stand-in for a file with sites that are read differently. */
        @Test
        @Order(1)
        @ExpectFunction(value = "alpha", times = 2)
        @ProbeMark(value = "truth:gamma", binary = TruthContainer.NO_PIE, capture = "arg1")
        void restarts() {
            target.truth().call("alpha", 2);
            restart(target);
        }

        @Test
        @Order(2)
        @ExpectFunction(value = "alpha", times = 4)
        void theNextTest() {
            try (Truth again = target.connectAgain()) {
                again.call("alpha", 4);
            }
        }
    }

    @Testcontainers
    @ProbeSettings(host = ProbeSettings.Host.CONTAINER, engine = ProbeSettings.Engine.STAP)
    static class RestartingAtLast {
        @Container
        static final TruthContainer target = TruthContainer.inside();

        @Test
        @ExpectFunction(value = "alpha", times = 2)
        @ProbeMark(value = "truth:gamma", binary = TruthContainer.NO_PIE, capture = "arg1")
        void restarts() {
            target.truth().call("alpha", 2);
            restart(target);
        }
    }

    @ProbeSettings(host = ProbeSettings.Host.CONTAINER)
    @Testcontainers
    static class OwnCgroupNamespace {
        @Container
        static final TruthContainer target = TruthContainer.inside()
                .withCreateContainerCmdModifier(
                        create -> Objects.requireNonNull(create.getHostConfig()).withCgroupnsMode("private"));

        @Test
        @ExpectFunction(value = "alpha", times = 500)
        void probes() throws IOException, InterruptedException {
            assertThat(target.execInContainer("grep", "^0::", "/proc/1/cgroup").getStdout())
                    .isEqualTo("0::/\n");
            target.truth().call("alpha", 500);
            sibling.truth().call("alpha", 100);
        }
    }

    static class Waiting {
        @Probed
        static final AttachedTruth container = new AttachedTruth();

        @Test
        @ProbeFunction("alpha")
        @ProbeMark("truth:guarded")
        void waits() throws IOException {
            System.out.println(ARMED);
            System.in.read();
        }
    }

    @ProbeSettings(host = ProbeSettings.Host.CONTAINER)
    @Testcontainers
    static class NotPrivileged {
        @Container
        static final TruthContainer target = TruthContainer.inside().withPrivilegedMode(false);

        @Test
        @ExpectFunction("alpha")
        void probes() {
            target.truth().call("alpha", 1);
        }
    }

    @ProbeSettings(host = ProbeSettings.Host.CONTAINER, engine = ProbeSettings.Engine.STAP)
    @Testcontainers
    static class WithoutSystemTap {
        @Container
        static final GenericContainer<?> target = new GenericContainer<>("debian:bookworm-slim")
                .withPrivilegedMode(true)
                .withCommand("sleep", "600");

        @Test
        @ExpectFunction(value = "write", binary = "libc.so.6")
        void probes() {
            // is not reached
        }
    }

    @ProbeSettings(host = ProbeSettings.Host.CONTAINER, engine = ProbeSettings.Engine.STAP)
    @Testcontainers
    static class WithoutShell {
        @Container
        static final TruthContainer target = TruthContainer.fromScratch();

        @Test
        @ExpectFunction("alpha")
        void probes() {
            // is not reached
        }
    }

    @ProbeSettings(host = ProbeSettings.Host.CONTAINER, engine = ProbeSettings.Engine.UPROBE)
    @Testcontainers
    static class WithoutShellByUprobe {
        @Container
        static final TruthContainer target = TruthContainer.fromScratch();

        @Test
        @ExpectFunction(value = "alpha", times = 3, where = "arg1:s64 >= 0")
        @ExpectFunction(value = "beta", onReturn = true, times = 2)
        @ExpectMark(value = "truth:guarded", times = 4)
        @ExpectFunction(value = "never", times = 0)
        void probes() {
            target.truth().call("alpha", 3);
            target.truth().call("beta", 2);
            target.truth().call("guarded", 4);
        }
    }

    @ProbeSettings(host = ProbeSettings.Host.CONTAINER)
    static class NotStarted {
        static final TruthContainer target = TruthContainer.inside();

        @Test
        @ExpectFunction("alpha")
        void probes() {
            // is not reached
        }
    }

    @ProbeSettings(host = ProbeSettings.Host.CONTAINER)
    static class OtherEngine {
        @Probed
        static final TruthContainer target = InsideTheTargetTest.container;

        @Test
        @ExpectFunction("alpha")
        void probes() {
            // is not reached
        }
    }
}
