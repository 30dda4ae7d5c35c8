package io.probeunit.conformance;

import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ExpectMark;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.ProbeMark;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.Outcomes;
import io.probeunit.conformance.kit.Subjects;
import io.probeunit.conformance.truth.TruthContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** A name that leads nowhere is an error that says what there is instead: not a pass, and not a hang. */
@Testcontainers
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MisspeltNamesTest {

    @Container
    static final TruthContainer container = new TruthContainer();

    private Outcomes outcomes;

    /** One run for all: the tests of one class must not disturb each other. */
    private Outcomes outcomes() {
        if (outcomes == null) {
            outcomes = Subjects.run(Misspelt.class);
        }
        return outcomes;
    }

    @Test
    void the_others_of_the_class_pass() {
        outcomes().passed("spelt");
    }

    @Test
    void a_function() {
        outcomes().failure("function").contains("alhpa", "alpha", TruthContainer.PIE);
        outcomes().failure("functionThatIsOnlyRecorded").contains("alhpa", "alpha");
    }

    @Test
    void a_mark() {
        outcomes().failure("mark").contains("truth:gama", "truth:gamma");
        outcomes().failure("providerOfAMark").contains("turth:gamma", "truth:gamma");
        outcomes().failure("markThatIsOnlyRecorded").contains("gama", "gamma");
    }

    @Test
    void a_container() {
        outcomes().failure("containerOfAFunction").contains("contianer", "container");
    }

    @Test
    void a_binary() {
        outcomes().failure("binary").contains("/opt/truth/bin/trush").containsPattern("nearest.*: truth");
        outcomes().failure("binaryByName").contains("trush", "truth");
    }

    @Test
    void a_glob() {
        outcomes().failure("globOfFunctions").contains("alphabet*");
        outcomes().failure("globOfMarks").contains("turth:*");
    }

    @Test
    void an_inlined_function() {
        outcomes().failure("inlinedFunction").contains("inlined");
    }

    @Test
    void an_ambiguous_mark() {
        outcomes().failure("markOfTwoProviders").contains("twin", "truth:twin", "other:twin");
    }

    @Test
    void an_argument_that_the_mark_does_not_have() {
        outcomes().failure("argument").contains("arg3", "truth:gamma");
    }

    @Test
    void contradictions() {
        outcomes().failure("contradiction").contains("times", "atLeast");
        outcomes().failure("nonsenseCondition").contains("arg1 is 3");
    }

    static class Misspelt {
        @Probed
        static final TruthContainer container = MisspeltNamesTest.container;

        @Test
        @ExpectFunction(value = "alpha", times = 1)
        void spelt() {
            container.truth().call("alpha", 1);
        }

        @Test
        @ExpectFunction(value = "alhpa", times = 0)
        void function() {}

        @Test
        @ProbeFunction("alhpa")
        void functionThatIsOnlyRecorded() {}

        @Test
        @ExpectMark(value = "truth:gama", times = 0)
        void mark() {}

        @Test
        @ExpectMark(value = "turth:gamma", times = 0)
        void providerOfAMark() {}

        @Test
        @ProbeMark("gama")
        void markThatIsOnlyRecorded() {}

        @Test
        @ExpectFunction(value = "alpha", container = "contianer", times = 0)
        void containerOfAFunction() {}

        @Test
        @ExpectFunction(value = "alpha", binary = "/opt/truth/bin/trush", times = 0)
        void binary() {}

        @Test
        @ExpectFunction(value = "alpha", binary = "trush", times = 0)
        void binaryByName() {}

        @Test
        @ExpectFunction(value = "alphabet*", times = 0)
        void globOfFunctions() {}

        @Test
        @ExpectMark(value = "turth:*", times = 0)
        void globOfMarks() {}

        @Test
        @ExpectFunction(value = "inlined", times = 0)
        void inlinedFunction() {}

        @Test
        @ExpectMark(value = "twin", times = 0)
        void markOfTwoProviders() {}

        @Test
        @ExpectMark(value = "truth:gamma", capture = "arg3", times = 0)
        void argument() {}

        @Test
        @ExpectFunction(value = "alpha", times = 1, atLeast = 2)
        void contradiction() {}

        @Test
        @ExpectFunction(value = "alpha", where = "arg1 is 3")
        void nonsenseCondition() {}
    }
}
