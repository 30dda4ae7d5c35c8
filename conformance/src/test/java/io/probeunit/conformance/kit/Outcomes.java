package io.probeunit.conformance.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractStringAssert;

/**
 * How the tests of subject classes ended.
 *
 * @param all in the order in which they ended; a class that failed as a whole is among them, by its name
 */
public record Outcomes(List<Outcome> all) {

    /** Ways to end. */
    public enum Status {
        /** Green. */
        PASSED,
        /** Red. */
        FAILED,
        /** An assumption did not hold. */
        ABORTED,
        /** Not run. */
        SKIPPED
    }

    /**
     * How one test ended.
     *
     * @param test the name of its method, with the display name added where it is one of several invocations
     * @param status how
     * @param story why: what a person would see, with the stack trace; empty if it passed
     * @param entries what it published in report entries
     */
    public record Outcome(String test, Status status, String story, Map<String, String> entries) {}

    /** Demands that all tests passed, and that so many ran: a run of nothing is no success. */
    public void assertSucceeded(int tests) {
        assertThat(all)
                .allSatisfy(outcome -> assertThat(outcome.status())
                        .as("%s: %s", outcome.test(), outcome.story())
                        .isEqualTo(Status.PASSED))
                .hasSize(tests);
    }

    /** Demands that these tests passed. */
    public Outcomes passed(String... tests) {
        for (String test : tests) {
            Outcome outcome = of(test);
            assertThat(outcome.status()).as("%s: %s", test, outcome.story()).isEqualTo(Status.PASSED);
        }
        return this;
    }

    /** Demands that a test failed; its story. */
    public AbstractStringAssert<?> failure(String test) {
        Outcome outcome = of(test);
        assertThat(outcome.status()).as("%s: %s", test, outcome.story()).isEqualTo(Status.FAILED);
        return assertThat(outcome.story()).as("The failure of %s", test);
    }

    /** Demands that a test failed, and no other. */
    public AbstractStringAssert<?> onlyFailure(String test) {
        assertThat(all)
                .filteredOn(outcome -> !outcome.test().equals(test))
                .as("The others")
                .isNotEmpty()
                .allSatisfy(outcome -> assertThat(outcome.status())
                        .as("%s: %s", outcome.test(), outcome.story())
                        .isEqualTo(Status.PASSED));
        return failure(test);
    }

    /** Demands that a test was aborted or skipped; the reason. */
    public AbstractStringAssert<?> skip(String test) {
        Outcome outcome = of(test);
        assertThat(outcome.status()).as("%s: %s", test, outcome.story()).isIn(Status.ABORTED, Status.SKIPPED);
        return assertThat(outcome.story()).as("The reason for skipping %s", test);
    }

    /** What a test published under a key; there must be such. */
    public AbstractStringAssert<?> entry(String test, String key) {
        Map<String, String> entries = of(test).entries();
        assertThat(entries).as("Report entries of %s", test).containsKey(key);
        return assertThat(entries.get(key)).as("%s of %s", key, test);
    }

    /** How a test ended; there must be exactly one of this name. */
    public Outcome of(String test) {
        List<Outcome> found = all.stream().filter(o -> o.test().equals(test)).toList();
        assertThat(found).as("The test %s among %s", test, all).hasSize(1);
        return found.get(0);
    }
}
