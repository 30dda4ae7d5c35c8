package io.probeunit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.probeunit.annotations.ExpectMark;
import io.probeunit.annotations.ProbeMark;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.Semaphores;
import io.probeunit.conformance.kit.Subjects;
import io.probeunit.conformance.kit.TestImage;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** Semaphores of real programs, read out of the memory of their processes: raised while a test wants the mark. */
@Tag("attach")
@Testcontainers
@Timeout(120)
class SemaphoresInMemoryTest {

    @Container
    static final GenericContainer<?> python = new GenericContainer<>(TestImage.of("python"));

    @Container
    static final GenericContainer<?> postgresql = new GenericContainer<>(TestImage.of("postgresql"))
            .waitingFor(Wait.forLogMessage(".*ready to accept connections.*", 1));

    @Test
    void of_python_are_raised_while_a_test_wants_the_mark() {
        areRaisedFor(OfPython.class, Semaphores.of(python), "function__entry", "function__return", 1);
    }

    /** The server had forked its processes before the test came. */
    @Test
    void of_postgresql_are_raised_in_every_process_of_the_server() {
        areRaisedFor(OfPostgresql.class, Semaphores.of(postgresql), "query__start", "query__done", 4);
    }

    private static void areRaisedFor(
            Class<?> test, Semaphores semaphores, String wanted, String unwanted, int processes) {
        assertThat(semaphores.inEachProcess(wanted))
                .hasSizeGreaterThanOrEqualTo(processes)
                .containsOnly(0);
        assertThat(semaphores.inEachProcess(unwanted)).containsOnly(0);

        Subjects.run(test).assertSucceeded(1);

        // letting go takes some tens of milliseconds, in which nobody waits
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(semaphores.inEachProcess(wanted)).containsOnly(0));
        assertThat(semaphores.inEachProcess(unwanted)).containsOnly(0);
    }

    private static void areRaised(Semaphores semaphores, String wanted, String unwanted) {
        assertThat(semaphores.inEachProcess(wanted))
                .isNotEmpty()
                .allSatisfy(value -> assertThat(value).isPositive());
        assertThat(semaphores.inEachProcess(unwanted)).containsOnly(0);
    }

    static class OfPython {
        @Probed
        static final GenericContainer<?> python = SemaphoresInMemoryTest.python;

        @Test
        @ProbeMark("python:function__entry")
        void wants() {
            areRaised(Semaphores.of(python), "function__entry", "function__return");
        }
    }

    static class OfPostgresql {
        @Probed
        static final GenericContainer<?> postgresql = SemaphoresInMemoryTest.postgresql;

        @Test
        @ExpectMark(value = "postgresql:query__start", times = 0)
        void wants() {
            areRaised(Semaphores.of(postgresql), "query__start", "query__done");
        }
    }
}
