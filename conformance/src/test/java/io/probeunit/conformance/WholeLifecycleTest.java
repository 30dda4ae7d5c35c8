package io.probeunit.conformance;

import static io.probeunit.assertj.ProbeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.Recording;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ExpectOrder;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.ProbeSettings;
import io.probeunit.annotations.ProbeSettings.Window;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.Outcomes;
import io.probeunit.conformance.kit.Subjects;
import io.probeunit.conformance.truth.TruthContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** The window from the first {@code @BeforeEach} method to the last {@code @AfterEach} method, and orders in it. */
@Tag("slow-with-perf")
@Timeout(120)
class WholeLifecycleTest {

    @Nested
    @Testcontainers
    @ProbeSettings(window = Window.LIFECYCLE)
    class OfAContainerThatTestsShare {

        @Container
        static final TruthContainer container = new TruthContainer();

        private long alpha;

        @BeforeEach
        void before(Recording recording) {
            alpha = container.truth().call("alpha", 3);
            assertThat(recording).function("alpha").firedTimes(alpha);
        }

        @RepeatedTest(20)
        @ExpectFunction(value = "alpha", times = 12)
        @ExpectOrder({"alpha", "alpha.return", "truth:gamma", "alpha"})
        void fires(Recording recording) {
            alpha += container.truth().call("alpha", 4);
            container.truth().call("gamma", 1);
            assertThat(recording).function("alpha").firedTimes(alpha);
        }

        @AfterEach
        void after(Recording recording) {
            alpha += container.truth().call("alpha", 5);
            assertThat(recording).function("alpha").firedTimes(alpha);
        }
    }

    /** Whichever extension is registered first: the container of a test must run before and after all its methods. */
    @Test
    void of_a_container_of_each_test() {
        Subjects.run(ContainersFirst.class, ProbesFirst.class).assertSucceeded(4);
    }

    abstract static class OneForEachTest {
        @Container
        @Probed
        final TruthContainer container = new TruthContainer();

        @BeforeEach
        void before() {
            container.truth().call("alpha", 2);
        }

        @Test
        @ExpectFunction(value = "alpha", times = 5)
        void first() {}

        @Test
        @ExpectFunction(value = "alpha", times = 6)
        void second() {
            container.truth().call("alpha", 1);
        }

        @AfterEach
        void after() {
            container.truth().call("alpha", 3);
        }
    }

    @Testcontainers
    @ProbeSettings(window = Window.LIFECYCLE)
    static class ContainersFirst extends OneForEachTest {}

    @ProbeSettings(window = Window.LIFECYCLE)
    @Testcontainers
    static class ProbesFirst extends OneForEachTest {}

    @Test
    void a_failure_tells_the_order_that_was_found() {
        Outcomes outcomes = Subjects.run(Orders.class);

        outcomes.passed("asItHappened");
        outcomes.failure("theOtherWayRound").contains("then no alpha after that (it fired 1 time, last at");
        outcomes.failure("oneIsMissing").contains("then no beta (it fired 0 times)");
        outcomes.failure("misspelt").contains("where no other annotation probes \"bata\"", "beta");
        outcomes.failure("aMarkWithoutItsProvider").contains("gamma", "mark");
    }

    @Testcontainers
    static class Orders {
        @Container
        static final TruthContainer container = new TruthContainer();

        @Test
        @ExpectOrder({"truth:gamma", "alpha", "truth:gamma"})
        void asItHappened() {
            fire();
        }

        @Test
        @ExpectOrder({"truth:gamma", "truth:gamma", "alpha", "truth:gamma"})
        void theOtherWayRound() {
            fire();
        }

        @Test
        @ProbeFunction("alpha")
        @ExpectOrder({"alpha", "beta"})
        void oneIsMissing() {
            fire();
        }

        @Test
        @ExpectOrder({"alpha", "bata"})
        void misspelt() {
            fire();
        }

        @Test
        @ExpectOrder({"alpha", "gamma"})
        void aMarkWithoutItsProvider() {
            fire();
        }

        private static void fire() {
            container.truth().call("gamma", 1);
            container.truth().call("alpha", 1);
            container.truth().call("gamma", 1);
        }
    }
}
