package io.probeunit.conformance.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.Outcomes;
import io.probeunit.conformance.kit.Outcomes.Status;
import io.probeunit.conformance.kit.ProgramsContainer;
import io.probeunit.conformance.kit.Subjects;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** A return probe changes the stack of a program: what comes of that is told, and other tests have none of it. */
@Testcontainers
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReturnsTest {

    @Container
    static final ProgramsContainer container = new ProgramsContainer("cases");

    private Outcomes outcomes;

    private Outcomes outcomes() {
        if (outcomes == null) {
            outcomes = Subjects.run(Expectations.class);
        }
        return outcomes;
    }

    @Test
    void ordinary_returns_are_counted_exactly() {
        outcomes().passed("inARow", "nestedLessDeep", "endsByItself");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nestedDeeper", "nestedInEachOther"})
    void returns_nested_too_deep_are_a_lower_bound(String test) {
        outcomes()
                .failure(test)
                .contains("is inconclusive", "at least 64 times", "began when 64 return probes were under way");
    }

    @Test
    void what_is_nested_too_deep_is_enough_for_a_lower_bound() {
        outcomes().passed("enoughOfThem");
    }

    /** Whether it is refused, or the program has ended. */
    @ParameterizedTest
    @ValueSource(strings = {"throwsPlum", "stacksAreSwitched", "signalsOnAStackAbove"})
    void what_a_return_probe_breaks_is_never_green(String test) {
        assertThat(outcomes().of(test).status()).as(test).isEqualTo(Status.FAILED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"aborts", "faults"})
    void a_process_that_brings_its_end_upon_itself_puts_all_in_doubt_where_returns_are_probed(String test) {
        outcomes()
                .failure(test)
                .contains("2 of 2 expectations are inconclusive", "(ends)", "was ended by SIG")
                .contains("a return probe may be the cause");
    }

    @ParameterizedTest
    @ValueSource(strings = {"isKilled", "isAskedToEnd"})
    void what_others_end_is_a_note(String test) {
        outcomes().passed(test);
        outcomes().entry(test, "probeunit.notes").contains("(ends)", "was ended by SIG");
    }

    @Test
    void without_returns_an_end_is_a_note() {
        outcomes().passed("abortsWithoutReturns");
        outcomes().entry("abortsWithoutReturns", "probeunit.notes").contains("was ended by SIGABRT");
    }

    /** In the same class are tests that ask for returns of the same functions. */
    @Test
    void entries_in_the_same_class_have_nothing_of_it() {
        outcomes().passed("entriesBefore", "entriesAfter");
    }

    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class Expectations {
        @Probed(binary = "/opt/t/ends")
        static final ProgramsContainer container = ReturnsTest.container;

        @Test
        @Order(1)
        @ExpectFunction(value = "price(*", binary = "/opt/t/throws", times = 4)
        void entriesBefore() {
            assertThat(container.exec("/opt/t/throws", "plum").getStdout()).contains("caught plum from deep", "end");
        }

        @Test
        @Order(2)
        @ExpectFunction(value = "price(*", binary = "/opt/t/throws", onReturn = true, times = 0)
        void throwsPlum() {
            container.exec("/opt/t/throws", "plum");
        }

        @Test
        @Order(3)
        @ExpectFunction(value = "price(*", binary = "/opt/t/throws", times = 4)
        void entriesAfter() {
            assertThat(container.exec("/opt/t/throws", "plum").getStdout()).contains("caught plum from deep", "end");
        }

        @Test
        @ExpectFunction(value = "f", binary = "/opt/t/coroutines", onReturn = true, times = 2)
        void stacksAreSwitched() {
            container.exec("/opt/t/coroutines");
        }

        @Test
        @ExpectFunction(value = "work", binary = "/opt/t/sigstack", onReturn = true, times = 6)
        @ExpectFunction(value = "note", binary = "/opt/t/sigstack", onReturn = true, times = 6)
        void signalsOnAStackAbove() {
            container.exec("/opt/t/sigstack");
        }

        @Test
        @ExpectFunction(value = "step", onReturn = true, where = "return:s32 > 0", times = 5)
        @ExpectFunction(value = "step", times = 5)
        void endsByItself() {
            assertThat(container.exec("/opt/t/ends", "no").getExitCode()).isZero();
        }

        @Test
        @ExpectFunction(value = "step", onReturn = true, times = 5)
        @ExpectFunction(value = "step", times = 5)
        void aborts() {
            container.exec("/opt/t/ends", "abort");
        }

        @Test
        @ExpectFunction(value = "step", onReturn = true, atLeast = 1)
        @ExpectFunction(value = "last_step", times = 1)
        void faults() {
            container.exec("/opt/t/ends", "segv");
        }

        @Test
        @ExpectFunction(value = "step", onReturn = true, times = 5)
        void isKilled() {
            container.exec("/opt/t/ends", "kill");
        }

        @Test
        @ExpectFunction(value = "step", onReturn = true, times = 5)
        void isAskedToEnd() {
            container.exec("/opt/t/ends", "term");
        }

        @Test
        @ExpectFunction(value = "step", times = 5)
        void abortsWithoutReturns() {
            container.exec("/opt/t/ends", "abort");
        }

        @Test
        @ExpectFunction(value = "even_steps", binary = "/opt/t/mutual", onReturn = true, times = 200)
        void inARow() {
            container.exec("/opt/t/mutual", "0", "200");
        }

        @Test
        @ExpectFunction(value = "nested", binary = "/opt/t/loop", onReturn = true, times = 64)
        void nestedLessDeep() {
            container.exec("/opt/t/loop", "5", "1", "63");
        }

        @Test
        @ExpectFunction(value = "nested", binary = "/opt/t/loop", onReturn = true, times = 101)
        void nestedDeeper() {
            container.exec("/opt/t/loop", "5", "1", "100");
        }

        @Test
        @ExpectFunction(value = "nested", binary = "/opt/t/loop", onReturn = true, atLeast = 50)
        void enoughOfThem() {
            container.exec("/opt/t/loop", "5", "1", "100");
        }

        @Test
        @ExpectFunction(value = "*_steps", binary = "/opt/t/mutual", onReturn = true, times = 101)
        @ProbeFunction(value = "odd_steps", binary = "/opt/t/mutual")
        void nestedInEachOther() {
            container.exec("/opt/t/mutual", "100", "1");
        }
    }
}
