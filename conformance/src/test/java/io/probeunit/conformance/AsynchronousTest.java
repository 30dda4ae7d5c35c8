package io.probeunit.conformance;

import static io.probeunit.assertj.ProbeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.probeunit.Recording;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.ProbeMark;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.Outcomes;
import io.probeunit.conformance.kit.Subjects;
import io.probeunit.conformance.truth.TruthContainer;
import java.time.Duration;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** What comes later is waited for, no longer than told, and who gives up shows what there was. */
@Testcontainers
@Timeout(60)
class AsynchronousTest {

    @Container
    static final TruthContainer container = new TruthContainer();

    @Test
    @ProbeMark("truth:bare")
    void an_assertion_is_asked_until_it_holds(Recording recording) {
        container.truth().later("bare", 200);
        container.truth().later("bare", 400);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(recording).mark("bare").firedTimes(2));
    }

    /** The program fires as fast as it can: there is always something new. */
    @Test
    @Timeout(30)
    @ProbeFunction(value = "beta", capture = "arg1:s64")
    @ProbeFunction("alpha")
    void who_gives_up_shows_the_last_state_and_waits_no_longer(Recording recording) {
        container.truth().call("alpha", 3);
        container.truth().startBackground("beta", 0);
        try {
            assertThatThrownBy(() -> await().atMost(Duration.ofSeconds(1))
                            .untilAsserted(() ->
                                    assertThat(recording).function("alpha").firedTimes(4)))
                    .isInstanceOf(ConditionTimeoutException.class)
                    .hasMessageContaining("function alpha")
                    .hasMessageContaining("3 times")
                    .hasMessageContaining("beta");
            assertThatThrownBy(() -> await().atMost(Duration.ofSeconds(1))
                            .untilAsserted(
                                    () -> assertThat(recording).function("beta").neverFired()))
                    .isInstanceOf(ConditionTimeoutException.class);
        } finally {
            container.truth().stopBackground();
        }
    }

    @Test
    void expectations_are_prolonged_each_for_itself() {
        Outcomes outcomes = Subjects.run(Later.class);

        outcomes.passed("one");
        outcomes.failure("oneTooMany").contains("expected:  exactly 1 time, watched for", "seen:      2 times");
    }

    static class Later {
        @Probed
        static final TruthContainer container = AsynchronousTest.container;

        @Test
        @ExpectFunction(value = "folded", times = 0)
        @ExpectFunction(value = "folded", times = 1, within = "1s")
        void one() {
            container.truth().later("folded", 200);
        }

        @Test
        @ExpectFunction(value = "folded", times = 1, within = "20s")
        void oneTooMany() {
            container.truth().call("folded", 1);
            container.truth().later("folded", 200);
        }
    }
}
