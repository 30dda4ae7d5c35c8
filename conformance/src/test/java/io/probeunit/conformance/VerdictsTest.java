package io.probeunit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ExpectMark;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.EngineUnderTest;
import io.probeunit.conformance.kit.OnlyEngine;
import io.probeunit.conformance.kit.Outcomes;
import io.probeunit.conformance.kit.Subjects;
import io.probeunit.conformance.truth.Truth;
import io.probeunit.conformance.truth.TruthContainer;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** An expectation that is not met fails the test, and the failure tells the whole story. */
@Tag("remote")
@Testcontainers
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerdictsTest {

    @Container
    static final TruthContainer container = new TruthContainer();

    private Outcomes outcomes;

    private Outcomes outcomes() {
        if (outcomes == null) {
            outcomes = Subjects.run(Expectations.class);
        }
        return outcomes;
    }

    @Test
    void expectations_that_are_met_pass() {
        outcomes().passed("allBoundsMet", "latelyWithin");
    }

    @Test
    void wrong_counts_fail() {
        isUnmet("once").contains("alpha", "0");
        isUnmet("exactly").contains("alpha", "7", "8");
        isUnmet("never").contains("truth:gamma", "1");
        isUnmet("tooFew").contains("beta", "3", "2");
        isUnmet("tooMany").contains("beta", "3", "4");
        isUnmet("whereNothingFits").contains("take_s32", "arg1:s32 == 5");
    }

    private AbstractStringAssert<?> isUnmet(String test) {
        return outcomes().failure(test).doesNotContain("doubts:");
    }

    @Test
    void every_unmet_expectation_is_told_in_the_order_declared() {
        outcomes()
                .failure("several")
                .containsSubsequence("\"alpha\", times = 0", "\"beta\", times = 2")
                .contains("gamma", "12")
                .doesNotContain("never\"");
    }

    @Test
    @OnlyEngine("uprobe")
    void who_called_too_often_is_shown() {
        outcomes().failure("never").containsPattern("stack: +of the firing at \\S+ ms\n +#0 ");
        outcomes().failure("tooMany").containsPattern("stack: +of the firing at \\S+ ms\n +#0 +beta");
    }

    @Test
    @OnlyEngine({"stap", "perf"})
    void an_engine_that_does_not_know_who_called_says_which_does() {
        String why = EngineUnderTest.name().equals("perf")
                ? "stack:     engine perf copies stacks only with capture = \"stack\"; engine UPROBE copies them without it\n"
                : "stack:     engine stap copies no stacks; engine UPROBE does\n";
        outcomes().failure("never").contains(why);
        outcomes().failure("tooMany").contains(why);
        outcomes().failure("tooFew").doesNotContain("stack: ");
    }

    @Test
    void the_tests_own_failure_comes_first() {
        outcomes()
                .failure("failsByItself")
                .startsWith("java.lang.AssertionError: by itself")
                .contains("Suppressed:", "alpha");
    }

    @Test
    void an_aborted_test_stays_aborted() {
        outcomes().skip("aborts").contains("by assumption");
    }

    @Test
    void what_comes_too_late_is_outside() {
        outcomes().failure("neverWithin").contains("deep");
        outcomes().failure("tooLate").contains("folded", "50");
    }

    /** A mark that is guarded fires only while its semaphore is held up. That it did not fire tells nothing if nobody does. */
    @Test
    void a_guarded_mark_is_counted_or_inconclusive() {
        if (outcomes().of("guarded").status() == Outcomes.Status.PASSED) {
            outcomes().passed("guardedNever");
        } else {
            outcomes().failure("guarded").contains("doubts:", "semaphore");
            outcomes().failure("guardedNever").contains("doubts:", "semaphore");
        }
    }

    /** The note names a semaphore, and the code does not test it, which nobody can know from outside. */
    @Test
    void a_mark_whose_semaphore_is_not_tested_is_counted() {
        outcomes().passed("watched");
    }

    static class Expectations {
        @Probed
        static final TruthContainer container = VerdictsTest.container;

        private final Truth truth = container.truth();

        @Test
        @ExpectFunction("alpha")
        @ExpectFunction(value = "alpha", times = 3)
        @ExpectFunction(value = "alpha", atLeast = 3, atMost = 3)
        @ExpectFunction(value = "beta", atMost = 1)
        @ExpectFunction(value = "beta", times = 0)
        @ExpectFunction(value = "alpha", where = "arg1:s64 == 2")
        void allBoundsMet() {
            truth.call("alpha", 3);
        }

        @Test
        @ExpectFunction("alpha")
        void once() {
            truth.call("beta", 1);
        }

        @Test
        @ExpectFunction(value = "alpha", times = 7)
        void exactly() {
            truth.call("alpha", 8);
        }

        @Test
        @ExpectMark(value = "truth:gamma", times = 0)
        void never() {
            truth.call("gamma", 1);
        }

        @Test
        @ExpectFunction(value = "beta", atLeast = 3)
        void tooFew() {
            truth.call("beta", 2);
        }

        @Test
        @ExpectFunction(value = "beta", atMost = 3)
        void tooMany() {
            truth.call("beta", 4);
        }

        @Test
        @ExpectFunction(value = "take_s32", where = "arg1:s32 == 5")
        void whereNothingFits() {
            truth.take("s32", 4);
        }

        @Test
        @ExpectFunction(value = "alpha", times = 0)
        @ExpectFunction(value = "never", times = 0)
        @ExpectFunction(value = "beta", times = 2)
        @ExpectMark(value = "gamma", times = 11)
        void several() {
            truth.call("gamma", 12);
            truth.call("alpha", 1);
        }

        @Test
        @ExpectFunction("alpha")
        void failsByItself() {
            fail("by itself");
        }

        @Test
        @ExpectFunction("alpha")
        void aborts() {
            Assumptions.abort("by assumption");
        }

        // the program fires by itself, after the test method has returned

        @Test
        @ExpectMark(value = "truth:bare", within = "20s")
        void latelyWithin() {
            truth.later("bare", 300);
        }

        @Test
        @ExpectFunction(value = "deep", times = 0, within = "2s")
        void neverWithin() {
            truth.later("deep", 300);
        }

        @Test
        @ExpectFunction(value = "folded", within = "50ms")
        void tooLate() {
            truth.later("folded", 3_000);
        }

        @Test
        @ExpectMark(value = "truth:guarded", times = 1)
        void guarded() {
            truth.call("guarded", 1);
        }

        @Test
        @ExpectMark(value = "truth:guarded", times = 0)
        void guardedNever() {
            assertThat(truth.call("alpha", 1)).isOne();
        }

        @Test
        @ExpectMark(value = "truth:watched", atLeast = 3)
        void watched() {
            truth.call("watched", 3);
        }
    }
}
