package io.probeunit.conformance;

import static io.probeunit.assertj.ProbeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.probeunit.Recording;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ExpectMark;
import io.probeunit.annotations.ProbeMark;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.AttachedTruth;
import io.probeunit.conformance.kit.ChildJvm;
import io.probeunit.conformance.kit.EngineUnderTest;
import io.probeunit.conformance.kit.Inside;
import io.probeunit.conformance.kit.OnlyEngine;
import io.probeunit.conformance.kit.Sidecars;
import io.probeunit.conformance.kit.Subjects;
import io.probeunit.conformance.truth.Truth;
import io.probeunit.conformance.truth.TruthContainer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/**
 * A guarded mark is on while a window wants it, and only then: the program itself tells its semaphores. The code tests the
 * one of {@code guarded}, and not the one of {@code watched}.
 */
@Tag("attach")
@Tag("host")
@Tag("remote")
@Testcontainers
@Timeout(120)
class GuardedMarksTest {

    private static final String GUARDED = "guarded_semaphore";
    private static final String WATCHED = "watched_semaphore";
    private static final String ARMED = "the probes are armed";

    @Container
    static final TruthContainer container = new TruthContainer();

    private final Truth truth = container.truth();

    @BeforeEach
    @AfterEach
    void nobodyHoldsAny() {
        isLetGo(GUARDED);
        isLetGo(WATCHED);
        assertThat(truth.call("guarded", 3)).isZero();
    }

    @Test
    void are_on_while_a_test_wants_them() {
        Subjects.run(InTurns.class).assertSucceeded(6);
    }

    @Test
    void a_jvm_that_is_killed_lets_go() {
        try (ChildJvm.Running jvm = child(Holding.class).start()) {
            jvm.awaitLine(ARMED);
            assertThat(held(GUARDED)).isPositive();
            assertThat(truth.call("guarded", 3)).isEqualTo(3);

            jvm.kill();

            isLetGo(GUARDED);
        }
    }

    @Test
    void one_of_two_holders_that_is_killed_leaves_it_to_the_other() {
        try (ChildJvm.Running first = child(Holding.class).start();
                ChildJvm.Running second = child(Holding.class).start()) {
            first.awaitLine(ARMED);
            second.awaitLine(ARMED);

            first.kill();

            // the kernel takes some tens of milliseconds to let go, and must not let go of what the other holds
            await().during(Duration.ofMillis(500))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> held(GUARDED) > 0);
            assertThat(truth.call("guarded", 2)).isEqualTo(2);
            second.tell("go on");
            second.outcomes().failure("holds").contains("guarded", "2");
        }
    }

    @Test
    @Tag("here")
    @OnlyEngine("stap")
    void a_tool_that_is_killed_holds_none() {
        try (ChildJvm.Running jvm = child(KillsStapbpf.class).start()) {
            jvm.outcomes().failure("killsItsEngine").contains("guarded");
        }
    }

    private static ChildJvm child(Class<?> subject) {
        return ChildJvm.of(subject).watching(container.getContainerId());
    }

    private static void killChildren(String program) {
        List<ProcessHandle> children = ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").endsWith("/" + program))
                .toList();
        assertThat(children).as("Processes of %s", program).isNotEmpty();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private static long held(String semaphore) {
        return container.truth().semaphores().value(semaphore);
    }

    /** Letting go takes some tens of milliseconds, in which nobody waits. */
    private static void isLetGo(String semaphore) {
        await(semaphore)
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> held(semaphore) == 0);
    }

    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class InTurns {
        @Probed
        static final TruthContainer container = GuardedMarksTest.container;

        private final Truth truth = container.truth();

        @Test
        @Order(1)
        @ExpectMark(value = "truth:guarded", times = 5)
        @ExpectMark(value = "truth:guarded", times = 2, where = "arg1 > 2")
        void guarded() {
            assertThat(held(GUARDED)).isPositive();
            assertThat(held(WATCHED)).isZero();
            assertThat(truth.call("guarded", 5)).isEqualTo(5);
        }

        @Test
        @Order(2)
        @ExpectFunction(value = "alpha", times = 1)
        void neither() {
            isLetGo(GUARDED);
            assertThat(truth.call("guarded", 5)).isZero();
            truth.call("alpha", 1);
        }

        @Test
        @Order(3)
        @ExpectMark(value = "truth:watched", times = 3)
        void watched() {
            assertThat(held(WATCHED)).isPositive();
            assertThat(held(GUARDED)).isZero();
            assertThat(truth.call("watched", 3)).isEqualTo(3);
        }

        @Test
        @Order(4)
        @ProbeMark(value = "truth:guarded", capture = "arg1")
        void guardedAgainInAllProcesses(Recording recording) {
            assertThat(held(GUARDED)).isPositive();
            isLetGo(WATCHED);
            long passed = truth.spread("guarded", 2, 2, 5_000);

            assertThat(passed).isEqualTo(20_000);
            assertThat(recording).mark("guarded").firedTimes(passed);
            assertThat(container.exec(TruthContainer.PIE, "call guarded 7").count("guarded"))
                    .isEqualTo(7);
            assertThat(recording).mark("guarded").firedTimes(passed + 7);
        }

        @Test
        @Order(5)
        @ExpectMark(value = "truth:guarded", times = 2)
        @ExpectMark(value = "truth:watched", times = 4)
        void both() {
            assertThat(held(GUARDED)).isPositive();
            assertThat(held(WATCHED)).isPositive();
            truth.call("guarded", 2);
            truth.call("watched", 4);
        }

        /** That it did not fire is certain: the program would have passed it. */
        @Test
        @Order(6)
        @ExpectMark(value = "truth:guarded", times = 0)
        void never() {
            assertThat(held(GUARDED)).isPositive();
            isLetGo(WATCHED);
            truth.call("alpha", 1);
        }
    }

    static class Holding {
        @Probed
        static final AttachedTruth container = new AttachedTruth();

        @Test
        @ExpectMark(value = "truth:guarded", times = 0)
        void holds() throws IOException {
            System.out.println(ARMED);
            assertThat(System.in.read()).isPositive();
        }
    }

    static class KillsStapbpf {
        @Probed
        static final AttachedTruth container = new AttachedTruth();

        @Test
        @ExpectMark(value = "truth:guarded", times = 2)
        void killsItsEngine() {
            assertThat(container.truth().call("guarded", 1)).isOne();
            switch (EngineUnderTest.host()) {
                case "sidecar" -> Sidecars.ofThisJvm().killProcesses("stapbpf");
                case "container" -> Inside.kill(container.getContainerId(), "stapbpf");
                default -> killChildren("stapbpf");
            }
            container.truth().call("guarded", 1);
        }
    }
}
