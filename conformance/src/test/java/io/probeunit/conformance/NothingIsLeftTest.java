package io.probeunit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ExpectMark;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.AttachedTruth;
import io.probeunit.conformance.kit.ChildJvm;
import io.probeunit.conformance.kit.Leftovers;
import io.probeunit.conformance.kit.OnlyEngine;
import io.probeunit.conformance.kit.Outcomes;
import io.probeunit.conformance.kit.Subjects;
import io.probeunit.conformance.kit.ToolLog;
import io.probeunit.conformance.truth.TruthContainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** No uprobe event, process, pipe or folder stays, whatever dies; at the latest the next run removes it. */
@Testcontainers
@Timeout(180)
class NothingIsLeftTest {

    private static final String ARMED = "the probes are armed";

    @Container
    static final TruthContainer container = new TruthContainer();

    private final Leftovers before = Leftovers.before();

    @TempDir
    Path folder;

    @Test
    void after_the_tests_of_a_class_while_the_jvm_lives_on() {
        Subjects.run(InThisJvm.class).assertSucceeded(1);

        before.of(ProcessHandle.current().pid()).awaitNone();
    }

    @Test
    void after_a_run() {
        try (ChildJvm.Running jvm = child(Probing.class).start()) {
            jvm.outcomes().passed("probes", "probesAgain");

            before.of(jvm.pid()).awaitNone();
        }
    }

    @Test
    void after_the_jvm_was_killed_and_another_has_run() {
        try (ChildJvm.Running killed = child(Waiting.class).start();
                ChildJvm.Running next = whenArmed(killed, child(Probing.class))) {
            next.outcomes().passed("probes", "probesAgain");

            before.of(killed.pid()).awaitNone();
            before.of(next.pid()).awaitNone();
        }
    }

    /** Then the events of a dead process are left as well, and pin the container's file system. */
    @Test
    @OnlyEngine("stap")
    void after_the_jvm_and_stapbpf_were_killed_and_another_has_run() {
        try (ChildJvm.Running killed = child(Waiting.class).start()) {
            killed.awaitLine(ARMED);
            List<ProcessHandle> tools = stapbpf(killed.handle());
            assertThat(tools).isNotEmpty();
            killed.kill();
            tools.forEach(ProcessHandle::destroyForcibly);

            try (ChildJvm.Running next = child(Probing.class).start()) {
                next.outcomes().passed("probes", "probesAgain");

                before.of(killed.pid()).awaitNone();
                before.of(next.pid()).awaitNone();
            }
        }
    }

    private static List<ProcessHandle> stapbpf(ProcessHandle jvm) {
        return jvm.descendants()
                .filter(process -> process.info().command().orElse("").endsWith("/stapbpf"))
                .toList();
    }

    private ChildJvm.Running whenArmed(ChildJvm.Running waiting, ChildJvm next) {
        waiting.awaitLine(ARMED);
        before.of(waiting.pid()).mustBeThere();
        waiting.kill();
        return next.start();
    }

    @Test
    void a_run_leaves_the_probes_of_another_alone() {
        try (ChildJvm.Running waiting = child(Waiting.class).start()) {
            waiting.awaitLine(ARMED);
            try (ChildJvm.Running other = child(Probing.class).start()) {
                other.outcomes().passed("probes", "probesAgain");
                before.of(other.pid()).awaitNone();
            }
            before.of(waiting.pid()).mustBeThere();
            waiting.tell("go on");
            waiting.outcomes().assertSucceeded(1);

            before.of(waiting.pid()).awaitNone();
        }
    }

    @Test
    @OnlyEngine("stap")
    void after_stapbpf_was_killed() {
        try (ChildJvm.Running jvm = child(KillsStapbpf.class).start()) {
            Outcomes outcomes = jvm.outcomes();

            outcomes.failure("killsItsEngine").contains("alpha");
            outcomes.passed("theNextTestIsArmedAnew");
            before.of(jvm.pid()).awaitNone();
        }
    }

    @Test
    @OnlyEngine("stap")
    void after_stap_was_killed_while_it_compiled() {
        ToolLog suicidal =
                ToolLog.of("stap", folder, "case \" $* \" in *' -p4 '*) kill -9 $$;; esac; exec stap \"$@\"");
        try (ChildJvm.Running jvm = child(Probing.class)
                .property("probeunit.stap.command", suicidal.command())
                .start()) {
            jvm.outcomes().failure("probes").contains("SystemTap");

            assertThat(suicidal.calls()).anyMatch(call -> call.contains(" -p4 "));
            before.of(jvm.pid()).awaitNone();
        }
    }

    /** Whichever of its two processes dies; the other has no session any more. */
    @ParameterizedTest
    @ValueSource(strings = {"stat", "record"})
    @OnlyEngine("perf")
    void after_perf_was_killed(String which) {
        try (ChildJvm.Running jvm =
                child(KillsPerf.class).property("build.test.kill", which).start()) {
            Outcomes outcomes = jvm.outcomes();

            outcomes.failure("killsItsEngine").contains("alpha", "perf");
            outcomes.passed("theNextTestIsArmedAnew");
            before.of(jvm.pid()).awaitNone();
        }
    }

    @Test
    void after_the_container_was_killed() {
        try (TruthContainer mortal = new TruthContainer()) {
            mortal.start();
            try (ChildJvm.Running jvm =
                    ChildJvm.of(Waiting.class).watching(mortal.getContainerId()).start()) {
                jvm.awaitLine(ARMED);
                mortal.getDockerClient()
                        .killContainerCmd(mortal.getContainerId())
                        .exec();
                jvm.tell("go on");

                assertThat(jvm.outcomes().all()).hasSize(1);
                before.of(jvm.pid()).awaitNone();
            }
        }
    }

    private static ChildJvm child(Class<?> subject) {
        return ChildJvm.of(subject).watching(container.getContainerId());
    }

    static class Probing {
        @Probed
        static final AttachedTruth container = new AttachedTruth();

        @Test
        @ExpectFunction(value = "alpha", times = 2)
        void probes() {
            container.truth().call("alpha", 2);
        }

        @Test
        @ExpectFunction(value = "alpha", times = 1)
        @ExpectFunction(value = "beta", onReturn = true, times = 1)
        @ExpectMark(value = "truth:gamma", times = 2)
        void probesAgain() {
            container.truth().call("alpha", 1);
            container.truth().call("beta", 1);
            container.truth().call("gamma", 2);
        }
    }

    static class InThisJvm {
        @Probed
        static final TruthContainer container = NothingIsLeftTest.container;

        @Test
        @ExpectFunction(value = "alpha", times = 2)
        void probes() {
            container.truth().call("alpha", 2);
            Leftovers.before().of(ProcessHandle.current().pid()).mustBeThere();
        }
    }

    static class Waiting {
        @Probed
        static final AttachedTruth container = new AttachedTruth();

        @Test
        @ExpectFunction(value = "never", times = 0)
        @ExpectMark(value = "truth:constants", times = 0)
        void waits() throws IOException {
            System.out.println(ARMED);
            assertThat(System.in.read()).isPositive();
        }
    }

    static class KillsPerf {
        @Probed
        static final AttachedTruth container = new AttachedTruth();

        @Test
        @ExpectFunction(value = "alpha", times = 2)
        void killsItsEngine() {
            container.truth().call("alpha", 1);
            String which = " %s ".formatted(System.getProperty("build.test.kill"));
            List<ProcessHandle> tools = ProcessHandle.current()
                    .descendants()
                    .filter(process -> process.info().commandLine().orElse("").contains(which))
                    .toList();
            assertThat(tools).isNotEmpty();
            tools.forEach(ProcessHandle::destroyForcibly);
            tools.forEach(process -> process.onExit().join());
            container.truth().call("alpha", 1);
        }

        @Test
        @ExpectFunction(value = "alpha", times = 3)
        void theNextTestIsArmedAnew() {
            container.truth().call("alpha", 3);
        }
    }

    static class KillsStapbpf {
        @Probed
        static final AttachedTruth container = new AttachedTruth();

        @Test
        @ExpectFunction(value = "alpha", times = 2)
        void killsItsEngine() {
            container.truth().call("alpha", 1);
            stapbpf(ProcessHandle.current()).forEach(ProcessHandle::destroyForcibly);
            container.truth().call("alpha", 1);
        }

        @Test
        @ExpectFunction(value = "alpha", times = 3)
        void theNextTestIsArmedAnew() {
            container.truth().call("alpha", 3);
        }
    }
}
