package io.probeunit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.OnlyEngine;
import io.probeunit.conformance.kit.Subjects;
import io.probeunit.conformance.kit.ToolLog;
import io.probeunit.conformance.truth.TruthContainer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** Probes are armed once for the tests of a class, and what cannot be armed fails only the test that names it. */
@Testcontainers
@Timeout(60)
class SessionsTest {

    @Container
    static final TruthContainer container = new TruthContainer();

    @Test
    @OnlyEngine("stap")
    void twenty_tests_start_stap_once(@TempDir Path folder) {
        ToolLog stap = ToolLog.of("stap", folder);

        Subjects.run(Map.of("probeunit.stap.command", stap.command()), Twenty.class)
                .assertSucceeded(20);

        assertThat(stap.calls()).filteredOn(call -> call.contains(" -p4 ")).hasSize(1);
    }

    @Test
    void a_point_that_does_not_exist_fails_its_test_alone() {
        Subjects.run(OneOfThreeIsMisspelt.class).onlyFailure("second").contains("alpah", "alpha");
    }

    static class Twenty {
        @Probed
        static final TruthContainer container = SessionsTest.container;

        @RepeatedTest(19)
        @ExpectFunction(value = "alpha", atLeast = 1)
        @ExpectFunction(value = "beta", times = 0)
        void theSame(RepetitionInfo repetition) {
            container.truth().call("alpha", repetition.getCurrentRepetition());
        }

        @Test
        @ExpectFunction(value = "beta", times = 3)
        void another() {
            container.truth().call("beta", 3);
            container.truth().call("alpha", 3);
        }
    }

    static class OneOfThreeIsMisspelt {
        @Probed
        static final TruthContainer container = SessionsTest.container;

        @Test
        @ExpectFunction(value = "alpha", times = 1)
        void first() {
            container.truth().call("alpha", 1);
        }

        @Test
        @ExpectFunction(value = "alpah", times = 0)
        void second() {}

        @Test
        @ExpectFunction(value = "beta", times = 2)
        void third() {
            container.truth().call("beta", 2);
        }
    }
}
