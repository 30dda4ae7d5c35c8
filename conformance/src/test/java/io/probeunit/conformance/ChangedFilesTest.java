package io.probeunit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.Outcomes;
import io.probeunit.conformance.kit.ProgramsContainer;
import io.probeunit.conformance.kit.ServingProgram;
import io.probeunit.conformance.kit.Subjects;
import java.io.InputStream;
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
import org.testcontainers.images.builder.Transferable;

/**
 * Files that are changed before, between and in windows: in place, by another one, or so that overlayfs makes a copy with the
 * same inode number. All calls are counted, or the verdict says what may be missing.
 */
@Tag("slow-with-perf")
@Timeout(300)
class ChangedFilesTest {

    /** Prints {@code did reserve 2 refuse 3}; in the second build the two functions have changed places. */
    private static final String FIRST = "/opt/t/swap-first";

    private static final String SECOND = "/opt/t/swap-second";

    /** Calls {@code work} as often as it is asked to. */
    private static final String SERVER = "/opt/t/remap";

    @Test
    void after_any_change_between_windows_counts_are_those_of_the_file_as_it_is_now() {
        Subjects.run(Between.class).assertSucceeded(9);
    }

    /** All tests ask for the same of the same path. */
    @TestMethodOrder(MethodOrderer.MethodName.class)
    @ExpectFunction(value = "reserve", binary = "/opt/app/swap", times = 2)
    @ExpectFunction(value = "refuse", binary = "/opt/app/swap", times = 3)
    static class Between {

        @Probed
        static final ProgramsContainer container = started();

        @BeforeAll
        static void install() {
            sh(container, "mkdir /opt/app && cp %s /opt/app/swap".formatted(FIRST));
        }

        @AfterAll
        static void stop() {
            container.stop();
        }

        @BeforeEach
        void change(TestInfo test) {
            switch (test.getDisplayName()) {
                case "bWrittenOverInPlace()" -> sh(container, "cp %s /opt/app/swap".formatted(SECOND));
                case "cRemovedAndCopiedAnew()" ->
                    sh(container, "rm /opt/app/swap && cp %s /opt/app/swap".formatted(FIRST));
                case "dMovedOver()" ->
                    sh(container, "cp %s /opt/app/new && mv /opt/app/new /opt/app/swap".formatted(SECOND));
                case "eCopiedByTestcontainers()" ->
                    container.copyFileToContainer(program(container, FIRST), "/opt/app/swap");
                case "fOwnerChanged()" -> sh(container, "chown 1000 /opt/app/swap");
                case "gOfTheSameTimeAndSize()" -> sh(container, """
                            touch -r /opt/app/swap /stamp && cp %s /second
                            truncate -s $(stat -c %%s /opt/app/swap) /second
                            touch -r /stamp /second && cp -p /second /opt/app/swap
                            """.formatted(SECOND));
                case "hALinkTakesItsPlace()" -> sh(container, "ln -sf %s /opt/app/swap".formatted(FIRST));
                case "iTheLinkIsSwitched()" -> sh(container, "ln -sf %s /opt/app/swap".formatted(SECOND));
                default -> {}
            }
        }

        @AfterEach
        void runs() {
            assertThat(container.lines("/opt/app/swap")).containsExactly("did reserve 2 refuse 3: 5 180");
        }

        @Test
        void aAsItWas() {
            runs();
        }

        @Test
        void bWrittenOverInPlace() {
            runs();
        }

        @Test
        void cRemovedAndCopiedAnew() {
            runs();
        }

        @Test
        void dMovedOver() {
            runs();
        }

        @Test
        void eCopiedByTestcontainers() {
            runs();
        }

        @Test
        void fOwnerChanged() {
            runs();
        }

        @Test
        void gOfTheSameTimeAndSize() {
            runs();
        }

        @Test
        void hALinkTakesItsPlace() {
            runs();
        }

        @Test
        void iTheLinkIsSwitched() {
            runs();
        }
    }

    @Test
    void of_a_file_that_is_changed_in_the_window_it_is_told() {
        Outcomes outcomes = Subjects.run(Within.class);

        outcomes.failure("mode").contains("doubts:", "the mode, the owner or the names of " + SERVER);
        outcomes.failure("movedOver").contains("doubts:", SERVER + " was replaced while the window was open");
        outcomes.failure("copiedByTestcontainers")
                .contains("doubts:", SERVER + " was replaced while the window was open");
        outcomes.failure("removed").contains("doubts:", SERVER + " was removed while the window was open");
        outcomes.failure("writtenOver").contains("doubts:", SERVER + " was overwritten in place");
        outcomes.failure("linkSwitched")
                .contains("doubts:", "/opt/app/current/program leads to /opt/app/v2/program now");
        outcomes.passed("anotherFile", "enoughCalls");
    }

    static class Within {

        @Probed(binary = SERVER)
        final ProgramsContainer container = started();

        @BeforeEach
        void install() {
            sh(
                    container,
                    "mkdir -p /opt/app/v1 /opt/app/v2 && cp %1$s /opt/app/v1/program && cp %1$s /opt/app/v2/program && ln -s v1 /opt/app/current"
                            .formatted(SERVER));
        }

        @AfterEach
        void stop() {
            container.stop();
        }

        @Test
        @ExpectFunction(value = "work", times = 0)
        void mode() {
            sh(container, "chmod 755 " + SERVER);
            call(container, SERVER, 3);
        }

        @Test
        @ExpectFunction(value = "work", times = 0)
        void movedOver() {
            sh(container, "cp %1$s /new && mv /new %1$s".formatted(SERVER));
            call(container, SERVER, 3);
        }

        @Test
        @ExpectFunction(value = "work", times = 0)
        void copiedByTestcontainers() {
            container.copyFileToContainer(program(container, SERVER), SERVER);
            call(container, SERVER, 3);
        }

        @Test
        @ExpectFunction(value = "work", times = 0)
        void removed() {
            sh(container, "rm " + SERVER);
        }

        @Test
        @ExpectFunction(value = "work", times = 3)
        void writtenOver() {
            sh(container, "cp %s %s".formatted(FIRST, SERVER));
        }

        @Test
        @ExpectFunction(value = "work", binary = "/opt/app/current/program", times = 0)
        void linkSwitched() {
            sh(container, "ln -sfn v2 /opt/app/current");
            call(container, "/opt/app/current/program", 3);
        }

        @Test
        @ExpectFunction(value = "work", times = 3)
        void anotherFile() {
            sh(container, "chmod 755 %s && cp %s /opt/app/other".formatted(FIRST, SERVER));
            call(container, SERVER, 3);
        }

        @Test
        @ExpectFunction(value = "work", atLeast = 3)
        void enoughCalls() {
            call(container, SERVER, 3);
            sh(container, "chmod 755 " + SERVER);
            call(container, SERVER, 4);
        }
    }

    @Test
    void what_is_written_over_where_another_test_probes_harms_any_window() {
        Outcomes outcomes = Subjects.run(WrittenOverWhereAnotherTestProbes.class);

        outcomes.passed("aProbes", "cProbesWhatItIsNow");
        outcomes.failure("bWritesOver")
                .contains("doubts:", SERVER + " was overwritten in place while probes were in it");
    }

    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class WrittenOverWhereAnotherTestProbes {

        @Probed(binary = SERVER)
        static final ProgramsContainer container = started();

        @AfterAll
        static void stop() {
            container.stop();
        }

        @Test
        @ExpectFunction(value = "work", times = 2)
        void aProbes() {
            call(container, SERVER, 2);
        }

        @Test
        @ExpectFunction(value = "reserve", binary = FIRST, times = 0)
        void bWritesOver() {
            sh(container, "cp %s /tmp/same && cat /tmp/same > %1$s".formatted(SERVER));
        }

        @Test
        @ExpectFunction(value = "work", times = 3)
        void cProbesWhatItIsNow() {
            call(container, SERVER, 3);
        }
    }

    @Test
    void who_runs_a_file_that_overlayfs_has_copied_since_is_told() {
        Outcomes outcomes = Subjects.run(CopiedUp.class);

        outcomes.passed("aBefore", "cAllAreStartedAnew");
        outcomes.failure("bTheOldProcessRunsOn").contains("doubts:", "runs " + SERVER + " as it was before");
    }

    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class CopiedUp {

        @Probed(binary = SERVER)
        static final ProgramsContainer container = started();

        private static ServingProgram old;

        @BeforeAll
        static void serve() {
            old = container.start(SERVER);
        }

        @AfterAll
        static void stop() {
            container.stop();
        }

        @BeforeEach
        void change(TestInfo test) {
            switch (test.getDisplayName()) {
                case "bTheOldProcessRunsOn()" -> sh(container, "chmod 755 " + SERVER);
                case "cAllAreStartedAnew()" -> end(container, old);
                default -> {}
            }
        }

        @Test
        @ExpectFunction(value = "work", times = 5)
        void aBefore() {
            old.ask("5");
        }

        @Test
        @ExpectFunction(value = "work", times = 12)
        void bTheOldProcessRunsOn() {
            old.ask("5");
            call(container, SERVER, 7);
        }

        @Test
        @ExpectFunction(value = "work", times = 7)
        void cAllAreStartedAnew() {
            call(container, SERVER, 7);
        }
    }

    @Test
    void who_runs_a_file_that_overlayfs_has_copied_is_told_though_another_containers_probes_are_in_it() {
        Outcomes outcomes = Subjects.run(CopiedUpBesideAnother.class);

        outcomes.passed("aBefore", "cStartedAfterwards", "dTheOtherContainer");
        outcomes.failure("bTheOldProcessRunsOn").contains("doubts:", "runs " + SERVER + " as it was before");
    }

    /** Both containers run the file of one image, until it is copied in one of them. */
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class CopiedUpBesideAnother {

        @Probed(binary = SERVER)
        static final ProgramsContainer container = started();

        @Probed(binary = SERVER)
        static final ProgramsContainer other = started();

        private static ServingProgram old;

        @BeforeAll
        static void serve() {
            old = container.start(SERVER);
        }

        @AfterAll
        static void stop() {
            container.stop();
            other.stop();
        }

        @BeforeEach
        void change(TestInfo test) {
            switch (test.getDisplayName()) {
                case "bTheOldProcessRunsOn()" -> sh(container, "chmod 755 " + SERVER);
                case "cStartedAfterwards()" -> {
                    end(container, old);
                    old = container.start(SERVER);
                }
                default -> {}
            }
        }

        @Test
        @ExpectFunction(value = "work", container = "container", times = 5)
        @ExpectFunction(value = "work", container = "other", times = 0)
        void aBefore() {
            old.ask("5");
        }

        @Test
        @ExpectFunction(value = "work", container = "container", times = 12)
        @ExpectFunction(value = "work", container = "other", times = 0)
        void bTheOldProcessRunsOn() {
            old.ask("5");
            call(container, SERVER, 7);
        }

        @Test
        @ExpectFunction(value = "work", container = "container", times = 12)
        @ExpectFunction(value = "work", container = "other", times = 0)
        void cStartedAfterwards() {
            old.ask("5");
            call(container, SERVER, 7);
        }

        @Test
        @ExpectFunction(value = "work", container = "other", times = 2)
        void dTheOtherContainer() {
            call(other, SERVER, 2);
        }
    }

    @Test
    void what_runs_the_old_file_and_what_is_started_from_the_new_one_are_counted_together() {
        Outcomes outcomes = Subjects.run(ReplacedWhileItRuns.class);

        outcomes.passed("movedOver", "removedAndCopied", "deleted");
        outcomes.failure("putThereInTheWindow").contains("doubts:", "another file was put at " + SERVER);
    }

    static class ReplacedWhileItRuns {

        @Probed(binary = SERVER)
        final ProgramsContainer container = started();

        private final ServingProgram old = container.start(SERVER);

        @BeforeEach
        void change(TestInfo test) {
            sh(container, "cp %1$s /new && rm %1$s".formatted(SERVER));
            switch (test.getDisplayName()) {
                case "movedOver()" -> sh(container, "mv /new " + SERVER);
                case "removedAndCopied()" -> sh(container, "cp /new " + SERVER);
                default -> {}
            }
        }

        @AfterEach
        void stop() {
            old.close();
            container.stop();
        }

        private void askBoth() {
            old.ask("5");
            call(container, SERVER, 7);
        }

        @Test
        @ExpectFunction(value = "work", where = "arg1:s32 >= 0", times = 12)
        void movedOver() {
            askBoth();
        }

        @Test
        @ExpectFunction(value = "work", onReturn = true, times = 12)
        void removedAndCopied() {
            askBoth();
        }

        @Test
        @ExpectFunction(value = "work", times = 5)
        void deleted() {
            old.ask("5");
        }

        @Test
        @ExpectFunction(value = "work", times = 5)
        void putThereInTheWindow() {
            sh(container, "mv /new " + SERVER);
            askBoth();
        }
    }

    @Test
    void a_copy_that_was_made_before_the_first_window_is_the_file_for_all_that_is_started_later() {
        Outcomes outcomes = Subjects.run(CopiedBefore.class);

        outcomes.passed("startedAfterwards");
        outcomes.failure("startedBefore").contains("doubts:", "runs " + SERVER + " as it was before");
    }

    static class CopiedBefore {

        @Probed(binary = SERVER)
        final ProgramsContainer container = started();

        private ServingProgram program;

        @BeforeEach
        void change(TestInfo test) {
            if (test.getDisplayName().equals("startedBefore()")) {
                program = container.start(SERVER);
                sh(container, "chmod 755 " + SERVER);
            } else {
                sh(container, "chown -R 0:0 /opt/t");
                program = container.start(SERVER);
            }
        }

        @AfterEach
        void stop() {
            program.close();
            container.stop();
        }

        @Test
        @ExpectFunction(value = "work", times = 5)
        void startedBefore() {
            program.ask("5");
        }

        @Test
        @ExpectFunction(value = "work", times = 5)
        void startedAfterwards() {
            program.ask("5");
        }
    }

    private static ProgramsContainer started() {
        ProgramsContainer container = new ProgramsContainer("cases");
        container.start();
        return container;
    }

    /** In a process that is started now. */
    private static void call(ProgramsContainer container, String program, int times) {
        try (ServingProgram started = container.start(program)) {
            assertThat(started.ask(String.valueOf(times)).get(0)).startsWith("did %d ".formatted(times));
        }
    }

    /** Returns when it is gone. */
    private static void end(ProgramsContainer container, ServingProgram program) {
        program.close();
        sh(container, "while [ -e /proc/%d ]; do sleep 0.02; done".formatted(program.pid()));
    }

    private static Transferable program(ProgramsContainer container, String path) {
        return Transferable.of(container.copyFileFromContainer(path, InputStream::readAllBytes), 0755);
    }

    private static void sh(ProgramsContainer container, String command) {
        container.lines("sh", "-ec", command);
    }
}
