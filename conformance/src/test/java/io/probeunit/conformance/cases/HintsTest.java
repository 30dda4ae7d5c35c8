package io.probeunit.conformance.cases;

import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.Outcomes;
import io.probeunit.conformance.kit.ProgramsContainer;
import io.probeunit.conformance.kit.ServingProgram;
import io.probeunit.conformance.kit.Subjects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** A function that should have been called and was not: what is told of where the calls went. */
@Testcontainers
@Timeout(300)
class HintsTest {

    @Container
    @Probed(binary = "/opt/t/hints")
    static final ProgramsContainer container = new ProgramsContainer("cases");

    @Test
    void where_the_calls_went_is_told() {
        Outcomes outcomes = Subjects.run(Silent.class);

        outcomes.passed("called", "neverAsExpected");
        outcomes.failure("anotherInItsPlace").contains("hint:      /opt/t/hints imports puts: compilers put it");
        outcomes.failure("oneOfItsOwn")
                .contains(
                        "hint:      /opt/t/hints-own has malloc too, and calls may go there: binary = \"/opt/t/hints-own\"");
        outcomes.failure("ofTheProgramItself").contains("hint:      calls that the compiler put into the callers");
        outcomes.failure("tooSeldom").doesNotContain("hint:");
    }

    static class Silent {
        @Probed(binary = "/opt/t/hints")
        static final ProgramsContainer container = HintsTest.container;

        private static ServingProgram program;
        private static ServingProgram withItsOwn;

        @BeforeAll
        static void start() {
            program = container.start("/opt/t/hints");
            withItsOwn = container.start("/opt/t/hints-own");
        }

        @AfterAll
        static void end() {
            program.close();
            withItsOwn.close();
        }

        @Test
        @ExpectFunction(value = "puts", binary = "libc.so.6", times = 1)
        @ExpectFunction(value = "malloc", binary = "libc.so.6", times = 1)
        void called() {
            program.ask("a");
        }

        @Test
        @ExpectFunction(value = "malloc", binary = "libc.so.6", times = 0)
        @ExpectFunction(value = "malloc", binary = "/opt/t/hints-own", times = 1)
        void neverAsExpected() {
            withItsOwn.ask("a");
        }

        @Test
        @ExpectFunction(value = "printf", binary = "libc.so.6", times = 1)
        void anotherInItsPlace() {
            program.ask("a");
        }

        @Test
        @ExpectFunction(value = "malloc", binary = "libc.so.6")
        void oneOfItsOwn() {
            withItsOwn.ask("a");
        }

        @Test
        @ExpectFunction("seldom")
        void ofTheProgramItself() {
            program.ask("a");
        }

        @Test
        @ExpectFunction(value = "puts", binary = "libc.so.6", times = 2)
        void tooSeldom() {
            program.ask("a");
        }
    }
}
