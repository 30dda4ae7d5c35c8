package io.probeunit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ExpectMark;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.AttachedTruth;
import io.probeunit.conformance.kit.ChildJvm;
import io.probeunit.conformance.kit.Leftovers;
import io.probeunit.conformance.kit.OnlyEngine;
import io.probeunit.conformance.kit.Outcomes;
import io.probeunit.conformance.kit.Subjects;
import io.probeunit.conformance.truth.TruthContainer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/**
 * What breaks around a test while it runs: the verdict is never definite and wrong, the message says what happened, nothing
 * is left, and nobody waits without limit.
 */
@Tag("slow-with-perf")
@Testcontainers
@Timeout(180)
class FaultsTest {

    private static final String READY = "ready for the others";
    private static final String FOLDER = "build.test.folder";

    /** A file system in memory that only this process and its children see, and that has no room left. */
    private static final String FULL_DISK =
            "set -e; mount -t tmpfs -o size=16k none \"$1\"; dd if=/dev/zero of=\"$1/full\" bs=1k count=16 2>/dev/null; shift; exec \"$@\"";

    private static final int MEMORY = 32 << 20;

    @Container
    static final TruthContainer container = new TruthContainer();

    private final Leftovers before = Leftovers.before();

    @Test
    void a_container_that_is_removed_in_a_window() {
        Outcomes outcomes = Subjects.run(Removed.class);

        outcomes.failure("calledTooRarely")
                .contains("exactly 3 times", "2 times", "container mortal ended and was removed");
        before.of(ProcessHandle.current().pid()).awaitNone();
    }

    @Test
    void a_container_without_memory_in_a_window() {
        Outcomes outcomes = Subjects.run(OutOfMemory.class);

        outcomes.failure("isEnded")
                .contains("container hungry ended with status 137", "needed more memory than it may have");
        before.of(ProcessHandle.current().pid()).awaitNone();
    }

    /** Each counts for itself; the semaphore of the mark is up as long as one of them wants it. */
    @Test
    void two_jvms_on_one_container() {
        try (ChildJvm.Running first = child(OverAlpha.class).start();
                ChildJvm.Running second = child(OverBeta.class).start()) {
            first.awaitLine(READY);
            second.awaitLine(READY);
            second.tell("go on");
            second.outcomes().passed("countsBeta");
            before.of(second.pid()).awaitNone();
            first.tell("go on");
            first.outcomes().passed("countsAlpha");
            before.of(first.pid()).awaitNone();
        }
    }

    @Test
    void a_jvm_without_descriptors() {
        try (ChildJvm.Running jvm = child(WithoutDescriptors.class)
                .under("sh", "-c", "ulimit -n 1000; exec \"$@\"", "sh")
                .start()) {
            Outcomes outcomes = jvm.outcomes();

            outcomes.failure("aHasNone").contains("Too many open files", "ulimit -n");
            outcomes.passed("bHasSomeAgain", "dHasSomeAgain");
            outcomes.failure("cHasNone").contains("oo many open files");
            before.of(jvm.pid()).awaitNone();
        }
    }

    /** The result of a test is the same, and the log tells of the disk. */
    @Test
    void a_disk_that_is_full_for_reports(@TempDir Path folder) {
        try (ChildJvm.Running jvm = child(OnAFullDisk.class)
                .property(FOLDER, folder.toString())
                .under("unshare", "--mount", "sh", "-c", FULL_DISK, "sh", folder.toString())
                .start()) {
            jvm.outcomes().passed("runsAClassWhoseReportsDoNotFit");

            assertThat(jvm.output()).contains("ProbeUnit could not publish the report", "No space left on device");
            before.of(jvm.pid()).awaitNone();
        }
    }

    @Test
    @Tag("patience")
    @OnlyEngine({"stap", "perf"})
    void a_tool_that_is_stopped_in_a_window() {
        try (ChildJvm.Running jvm = child(Stops.class).start()) {
            Outcomes outcomes = jvm.outcomes();

            outcomes.failure("aStopsItsTool")
                    .contains("is inconclusive", "What fired in the window of unknown length")
                    .containsPattern("within 30(000 m| )s");
            outcomes.passed("bIsArmedAnew");
            before.of(jvm.pid()).awaitNone();
        }
    }

    private static ChildJvm child(Class<?> subject) {
        return ChildJvm.of(subject).watching(container.getContainerId());
    }

    static class Removed {
        @Probed
        static final TruthContainer mortal = new TruthContainer();

        @BeforeAll
        static void start() {
            mortal.start();
        }

        @AfterAll
        static void stop() {
            mortal.stop();
        }

        @Test
        @ExpectFunction(value = "alpha", times = 3)
        @ExpectFunction(value = "beta", times = 0)
        void calledTooRarely() {
            mortal.truth().call("alpha", 2);
            mortal.getDockerClient()
                    .removeContainerCmd(mortal.getContainerId())
                    .withForce(true)
                    .exec();
        }
    }

    static class OutOfMemory {
        /** Its first process calls nothing that is probed, and is the one that takes the memory. */
        @Probed(binary = TruthContainer.PIE)
        static final GenericContainer<?> hungry = new GenericContainer<>(TruthContainer.IMAGE)
                .withCreateContainerCmdModifier(command -> {
                    command.withEntrypoint(
                            "sh", "-c", "echo started; until [ -e /go ]; do sleep 0.1; done; exec tail /dev/zero");
                    Objects.requireNonNull(command.getHostConfig())
                            .withMemory((long) MEMORY)
                            .withMemorySwap((long) MEMORY);
                })
                .waitingFor(Wait.forLogMessage("started\n", 1));

        @BeforeAll
        static void start() {
            hungry.start();
        }

        @AfterAll
        static void stop() {
            hungry.stop();
        }

        @Test
        @ExpectFunction(value = "alpha", times = 1)
        void isEnded() throws Exception {
            hungry.execInContainer("touch", "/go");
            await().atMost(Duration.ofSeconds(60)).until(() -> !hungry.isRunning());
        }
    }

    static class OverAlpha {
        @Probed
        static final AttachedTruth container = new AttachedTruth();

        @Test
        @ExpectFunction(value = "alpha", times = 2)
        @ExpectMark(value = "truth:guarded", times = 3)
        void countsAlpha() throws IOException {
            container.truth().call("alpha", 1);
            awaitOthers();
            container.truth().call("alpha", 1);
            container.truth().call("guarded", 2);
        }
    }

    static class OverBeta {
        @Probed
        static final AttachedTruth container = new AttachedTruth();

        @Test
        @ExpectFunction(value = "beta", times = 4)
        @ExpectFunction(value = "beta", onReturn = true, times = 4)
        @ExpectMark(value = "truth:guarded", times = 1)
        void countsBeta() throws IOException {
            awaitOthers();
            container.truth().call("beta", 4);
            container.truth().call("guarded", 1);
        }
    }

    private static void awaitOthers() throws IOException {
        System.out.println(READY);
        assertThat(System.in.read()).isPositive();
    }

    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class WithoutDescriptors {
        @Probed
        static final AttachedTruth container = new AttachedTruth();

        private static final List<InputStream> taken = new ArrayList<>();

        /** Runs before the window of the test opens, and takes what is left. */
        @BeforeEach
        void takeAll(TestInfo test) {
            if (test.getDisplayName().contains("HasNone")) {
                try {
                    while (true) {
                        taken.add(Files.newInputStream(Path.of("/dev/null")));
                    }
                } catch (IOException none) {
                    assertThat(taken).isNotEmpty();
                }
            }
        }

        @AfterEach
        void giveBack() throws IOException {
            for (InputStream one : taken) {
                one.close();
            }
            taken.clear();
        }

        @Test
        @ExpectFunction(value = "alpha", times = 0)
        void aHasNone() {}

        @Test
        @ExpectFunction(value = "alpha", times = 2)
        void bHasSomeAgain() {
            container.truth().call("alpha", 2);
        }

        /** Its returns are armed anew. */
        @Test
        @ExpectFunction(value = "beta", onReturn = true, times = 0)
        void cHasNone() {}

        @Test
        @ExpectFunction(value = "alpha", times = 1)
        @ExpectFunction(value = "beta", onReturn = true, times = 2)
        void dHasSomeAgain() {
            container.truth().call("alpha", 1);
            container.truth().call("beta", 2);
        }
    }

    /** The test kit has no place for files, a launcher has. */
    static class OnAFullDisk {
        @Test
        void runsAClassWhoseReportsDoNotFit() {
            SummaryGeneratingListener listener = new SummaryGeneratingListener();
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(DiscoverySelectors.selectClass(Reported.class))
                                    .configurationParameter(
                                            "junit.platform.reporting.output.dir", System.getProperty(FOLDER))
                                    .build(),
                            listener);

            assertThat(listener.getSummary().getTestsSucceededCount()).isEqualTo(1);
            assertThat(listener.getSummary().getFailures())
                    .singleElement()
                    .satisfies(failure ->
                            assertThat(failure.getException()).hasMessageContainingAll("exactly 3 times", "2 times"));
        }
    }

    static class Reported {
        @Probed
        static final AttachedTruth container = new AttachedTruth();

        @Test
        @ExpectFunction(value = "alpha", times = 2)
        void met() {
            container.truth().call("alpha", 2);
        }

        @Test
        @ExpectFunction(value = "alpha", times = 3)
        void unmet() {
            container.truth().call("alpha", 2);
        }
    }

    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class Stops {
        @Probed
        static final AttachedTruth container = new AttachedTruth();

        @Test
        @ExpectFunction(value = "alpha", times = 2)
        void aStopsItsTool() throws Exception {
            container.truth().call("alpha", 1);
            for (ProcessHandle tool : tools()) {
                Process stop = new ProcessBuilder("kill", "-STOP", String.valueOf(tool.pid())).start();
                assertThat(stop.waitFor(10, TimeUnit.SECONDS)).isTrue();
                assertThat(stop.exitValue()).isZero();
            }
            container.truth().call("alpha", 1);
        }

        @Test
        @ExpectFunction(value = "alpha", times = 3)
        void bIsArmedAnew() {
            container.truth().call("alpha", 3);
        }

        private static List<ProcessHandle> tools() {
            List<ProcessHandle> tools = ProcessHandle.current()
                    .descendants()
                    .filter(process -> process.info().command().orElse("").matches(".*/(stapbpf|perf[^/]*)"))
                    .toList();
            assertThat(tools).isNotEmpty();
            return tools;
        }
    }
}
