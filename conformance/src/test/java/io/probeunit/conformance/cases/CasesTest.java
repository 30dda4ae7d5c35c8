package io.probeunit.conformance.cases;

import static io.probeunit.assertj.ProbeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.Recording;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.Outcomes;
import io.probeunit.conformance.kit.ProgramsContainer;
import io.probeunit.conformance.kit.ServingProgram;
import io.probeunit.conformance.kit.Subjects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** Programs that make it hard, asked what is not hard: entries of functions that are what their names say, are counted. */
@Testcontainers
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CasesTest {

    @Container
    @Probed(binary = "/opt/t/remap")
    static final ProgramsContainer container = new ProgramsContainer("cases");

    private Outcomes outcomes;

    private Outcomes outcomes() {
        if (outcomes == null) {
            outcomes = Subjects.run(Expectations.class);
        }
        return outcomes;
    }

    @Test
    @ProbeFunction(value = "take", binary = "/opt/t/width")
    @ProbeFunction(value = "feed", binary = "/opt/t/width", capture = "arg1:s64")
    void functions_of_c(Recording recording) {
        assertThat(container.lines("/opt/t/width", "1", "0x10000002a")).contains("take(42)");

        assertThat(recording).function("take").firedTimes(1);
        assertThat(recording.function("feed").list().get(0).captures()).containsEntry("arg1", 0x10000002aL);
    }

    @Test
    @ProbeFunction(value = "nested", binary = "/opt/t/loop")
    void recursion(Recording recording) {
        assertThat(container.lines("/opt/t/loop", "5", "1", "100").get(0)).contains("nested called 101 times");

        assertThat(recording).function("nested").firedTimes(101);
    }

    @Test
    @ProbeFunction("work")
    void a_program_that_serves(Recording recording) {
        try (ServingProgram program = container.start("/opt/t/remap")) {
            assertThat(program.ask("5")).containsExactly("did 5 25");
            assertThat(container.lines("readlink", "/proc/%d/exe".formatted(program.pid())))
                    .containsExactly("/opt/t/remap");

            assertThat(recording).function("work").firedTimes(5);
        }
    }

    @Test
    void expectations_that_are_met_pass() {
        outcomes().passed("floats", "catches");
    }

    @Test
    void wrong_counts_fail() {
        outcomes().failure("tooOften").contains("price", "times = 0", "3").doesNotContain("doubts:");
    }

    static class Expectations {
        @Probed
        static final ProgramsContainer container = CasesTest.container;

        @Test
        @ExpectFunction(value = "pay", binary = "/opt/t/fp", times = 1)
        @ExpectFunction(value = "make", binary = "/opt/t/fp", times = 1)
        @ExpectFunction(value = "two", binary = "/opt/t/fp", times = 1)
        void floats() {
            assertThat(container.lines("/opt/t/fp").get(0)).contains("pay id 7 make id 8 two id 9");
        }

        @Test
        @ExpectFunction(value = "price(*", binary = "/opt/t/throws", times = 4)
        @ExpectFunction(value = "quiet(*", binary = "/opt/t/throws", times = 2)
        void catches() {
            assertThat(container.lines("/opt/t/throws", "plum")).contains("caught plum from deep", "end");
        }

        @Test
        @ExpectFunction(value = "price(*", binary = "/opt/t/throws", times = 0)
        void tooOften() {
            assertThat(container.lines("/opt/t/throws", "pear")).contains("deep 4", "outer 4");
        }
    }
}
