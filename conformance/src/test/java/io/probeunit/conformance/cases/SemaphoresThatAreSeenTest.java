package io.probeunit.conformance.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.annotations.ExpectMark;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.Outcomes;
import io.probeunit.conformance.kit.ProgramsContainer;
import io.probeunit.conformance.kit.ServingProgram;
import io.probeunit.conformance.kit.Subjects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** A guarded mark is on where the program sees its semaphore raised, which the kernel raises elsewhere in some programs. */
@Testcontainers
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SemaphoresThatAreSeenTest {

    @Container
    static final ProgramsContainer container = new ProgramsContainer("cases");

    private Outcomes outcomes;

    private Outcomes outcomes() {
        if (outcomes == null) {
            outcomes = Subjects.run(Expectations.class);
        }
        return outcomes;
    }

    @ParameterizedTest
    @ValueSource(strings = {"lld", "mold"})
    void a_program_that_starts_in_the_window_is_in_doubt(String test) {
        outcomes().failure(test).contains("inconclusive", "at least 0 times", "/opt/t/guarded1-" + test, "norelro");
    }

    @ParameterizedTest
    @ValueSource(strings = {"servesByLld", "servesByMold"})
    void a_program_that_serves_is_seen_at_both_ends(String test) {
        outcomes().failure(test).contains("inconclusive", "is 0 in the memory of process", "(guarded2-");
    }

    @Test
    void what_the_kernel_raises_in_the_right_place_is_exact() {
        outcomes().passed("bfd", "norelro");
        Subjects.run(Before.class).assertSucceeded(2);
    }

    static class Expectations {
        @Probed(binary = "/opt/t/guarded1-bfd")
        static final ProgramsContainer container = SemaphoresThatAreSeenTest.container;

        @Test
        @ExpectMark(value = "t:g0", binary = "/opt/t/guarded1-lld", times = 0)
        void lld() {
            container.exec("/opt/t/guarded1-lld", "7");
        }

        @Test
        @ExpectMark(value = "t:g0", binary = "/opt/t/guarded1-mold", times = 0)
        void mold() {
            container.exec("/opt/t/guarded1-mold", "7");
        }

        @Test
        @ExpectMark(value = "t:g0", times = 7)
        void bfd() {
            container.exec("/opt/t/guarded1-bfd", "7");
        }

        @Test
        @ExpectMark(value = "t:g0", binary = "/opt/t/guarded1-norelro", times = 7)
        void norelro() {
            container.exec("/opt/t/guarded1-norelro", "7");
        }

        @Test
        @ExpectMark(value = "t:served", binary = "/opt/t/guarded2-lld", times = 5)
        void servesByLld() {
            serve("/opt/t/guarded2-lld");
        }

        @Test
        @ExpectMark(value = "t:served", binary = "/opt/t/guarded2-mold", times = 5)
        void servesByMold() {
            serve("/opt/t/guarded2-mold");
        }

        /** The program goes on, so that the end of the window sees it. */
        private static void serve(String program) {
            ServingProgram serving = container.start(program);
            assertThat(serving.ask("5")).hasSize(1);
        }
    }

    /** The programs run when the window opens: what the kernel finds by then are the right copies. */
    static class Before {
        @Probed(binary = "/opt/t/guarded1-bfd")
        static final ProgramsContainer container = SemaphoresThatAreSeenTest.container;

        private static ServingProgram byLld;
        private static ServingProgram byMold;

        @BeforeAll
        static void start() {
            byLld = container.start("/opt/t/guarded2-lld");
            byMold = container.start("/opt/t/guarded2-mold");
        }

        @AfterAll
        static void end() {
            byLld.close();
            byMold.close();
        }

        @Test
        @ExpectMark(value = "t:served", binary = "/opt/t/guarded2-lld", times = 5)
        void servedByLld() {
            assertThat(byLld.ask("5")).containsExactly("did 5, 5 were on");
        }

        @Test
        @ExpectMark(value = "t:served", binary = "/opt/t/guarded2-mold", times = 5)
        void servedByMold() {
            assertThat(byMold.ask("5")).containsExactly("did 5, 5 were on");
        }
    }
}
