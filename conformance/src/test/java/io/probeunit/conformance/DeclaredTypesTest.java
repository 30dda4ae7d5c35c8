package io.probeunit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.Firing;
import io.probeunit.Recording;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.Outcomes;
import io.probeunit.conformance.kit.ProgramsContainer;
import io.probeunit.conformance.kit.Subjects;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** Arguments without a type have the one that debug information declares. */
@Timeout(600)
class DeclaredTypesTest {

    private static final String OPTIMISED = "/opt/t/declared5";
    private static final String PLAIN = "/opt/t/declared4";

    @Test
    void an_argument_has_its_declared_type() {
        Subjects.run(Declared.class).assertSucceeded(3);
    }

    @Test
    void a_type_that_nobody_declares_must_be_given() {
        Outcomes outcomes = Subjects.run(Refused.class);

        outcomes.failure("undeclared").contains("Write \"arg1:s32 == 42\" for an int", "has no debug information");
        outcomes.failure("floating").contains("arg2 of reserve cannot be read: it is a floating-point number (double)");
        outcomes.failure("beyond").contains("arg2 does not exist: the number of parameters of half is 1");
        outcomes.failure("decided")
                .contains("is true for no value: the debug information says that arg4 is an unsigned");
    }

    @Testcontainers
    static class Declared {

        @Container
        @Probed(binary = OPTIMISED)
        static final ProgramsContainer container = new ProgramsContainer("stacks");

        @Test
        @ExpectFunction(value = "half", times = 1, where = "arg1 == 42")
        @ExpectFunction(value = "half", times = 3, where = "arg1 < 44")
        @ExpectFunction(
                value = "reserve",
                times = 1,
                where = {"arg3 == -1", "arg6 == -2"})
        @ExpectFunction(value = "reserve", times = 1, where = "arg5 == 1")
        @ExpectFunction(value = "reserve", onReturn = true, times = 1, where = "return == -2")
        void counts() {
            container.lines(OPTIMISED);
        }

        @Test
        @ExpectFunction(value = "half", binary = PLAIN, times = 1, where = "arg1 == 42")
        @ExpectFunction(
                value = "reserve",
                binary = PLAIN,
                times = 1,
                where = {"arg3 == -1", "arg4 == 200"})
        void countsWithoutOptimisation() {
            container.lines(PLAIN);
        }

        @Test
        @ProbeFunction(
                value = "reserve",
                capture = {"arg3", "arg4", "arg5", "arg6"})
        @ProbeFunction(value = "half", capture = "arg1")
        void captures(Recording recording) {
            container.lines(OPTIMISED);

            List<Firing> reserved = recording.function("reserve").list();
            assertThat(reserved)
                    .extracting(firing -> firing.captures().get("arg3"))
                    .containsExactly(0L, 7L, -1L);
            assertThat(reserved)
                    .extracting(firing -> firing.captures().get("arg6"))
                    .containsExactly(0L, -1L, -2L);
            assertThat(reserved)
                    .extracting(firing -> firing.captures().get("arg4"))
                    .containsOnly(200L);
            assertThat(recording.function("half").where("arg1 != 42").list())
                    .extracting(firing -> firing.captures().get("arg1"))
                    .containsExactly(41L, 43L);
        }
    }

    @Testcontainers
    static class Refused {

        @Container
        @Probed(binary = OPTIMISED)
        static final ProgramsContainer container = new ProgramsContainer("stacks");

        @Test
        @ExpectFunction(value = "half", binary = "/opt/t/undeclared", where = "arg1 == 42")
        void undeclared() {}

        @Test
        @ProbeFunction(value = "reserve", capture = "arg2")
        void floating() {}

        @Test
        @ProbeFunction(value = "half", capture = "arg2")
        void beyond() {}

        @Test
        @ExpectFunction(value = "reserve", times = 0, where = "arg4 == 300")
        void decided() {}
    }
}
