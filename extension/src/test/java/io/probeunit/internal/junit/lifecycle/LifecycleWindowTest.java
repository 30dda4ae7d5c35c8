package io.probeunit.internal.junit.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.probeunit.Recording;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ExpectOrder;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.ProbeSettings;
import io.probeunit.annotations.ProbeSettings.Window;
import io.probeunit.annotations.Probed;
import io.probeunit.internal.junit.lifecycle.FakeMachine.Fake;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** The window that lasts from the first {@code @BeforeEach} method to the last {@code @AfterEach} method. */
class LifecycleWindowTest {

    private final FakeMachine machine = new FakeMachine();

    @Test
    void holds_what_fires_in_all_methods_of_the_test_and_nothing_between_tests() {
        Run run = machine.run(Everything.class);

        run.assertSucceeded(5);
    }

    @Fake
    @ProbeSettings(window = Window.LIFECYCLE)
    static class Everything {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @RegisterExtension
        static final BetweenTests between = new BetweenTests(shop);

        @BeforeEach
        void before() {
            shop.call("f");
        }

        @AfterEach
        void after() {
            shop.call("g");
        }

        @Test
        @ExpectFunction(value = "f", times = 2)
        @ExpectFunction(value = "g", times = 1)
        @ExpectFunction(value = "h", times = 0)
        @ExpectOrder({"f", "f", "g"})
        void outer() {
            shop.call("f");
        }

        @Test
        @ProbeSettings(window = Window.TEST)
        @ExpectFunction(value = "f", times = 1)
        @ExpectFunction(value = "g", times = 0)
        void withAWindowOfItsOwn() {
            shop.call("f");
        }

        @Nested
        class Inner {
            @BeforeEach
            void first() {
                shop.call("f");
            }

            @BeforeEach
            void second() {
                shop.call("f");
            }

            @AfterEach
            void last() {
                shop.call("g");
            }

            @Test
            @ExpectFunction(value = "f", times = 3)
            @ExpectFunction(value = "g", times = 2)
            void inner() {}
        }

        @Nested
        class Heir extends Base {
            @Test
            @ExpectFunction(value = "f", times = 2)
            @ExpectFunction(value = "g", times = 2)
            void inherits() {}
        }

        abstract static class Base {
            @BeforeEach
            void ofBase() {
                shop.call("f");
            }

            @AfterEach
            void afterBase() {
                shop.call("g");
            }

            @Test
            @ExpectFunction(value = "f", times = 3)
            void inherited() {
                shop.call("f");
            }
        }
    }

    /** Callbacks of other extensions are no methods of the test. */
    record BetweenTests(FakeContainer shop) implements BeforeEachCallback, AfterEachCallback {
        @Override
        public void beforeEach(ExtensionContext context) {
            List.of("f", "g", "h").forEach(shop::call);
        }

        @Override
        public void afterEach(ExtensionContext context) {
            List.of("f", "g", "h").forEach(shop::call);
        }
    }

    @Test
    void opens_and_closes_without_any_such_methods() {
        Run run = machine.run(Map.of("probeunit.window", "lifecycle"), NoOtherMethods.class);

        assertThat(run.failure())
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("@ExpectFunction(value = \"f\", times = 2)");
        assertThat(run.succeeded()).isEqualTo(1);
        assertThat(run.entries()).hasSize(2);
    }

    @Fake
    static class NoOtherMethods {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @ExpectFunction(value = "f", times = 1)
        void met() {
            shop.call("f");
        }

        @Test
        @ExpectFunction(value = "f", times = 2)
        void unmet() {
            shop.call("f");
        }
    }

    @Test
    void a_recording_is_live_in_all_methods() {
        machine.run(Recorded.class).assertSucceeded(1);
        assertThat(Recorded.seen).containsExactly(0L, 1L, 2L, 3L);
    }

    @Fake
    @ProbeSettings(window = Window.LIFECYCLE)
    static class Recorded {
        static final List<Long> seen = new ArrayList<>();

        @Probed
        static final FakeContainer shop = new FakeContainer();

        @BeforeEach
        void before(Recording recording) {
            look(recording);
        }

        @Test
        @ProbeFunction("f")
        void test(Recording recording) {
            look(recording);
        }

        @AfterEach
        void after(Recording recording) {
            look(recording);
            seen.add(recording.function("f").count());
        }

        private static void look(Recording recording) {
            seen.add(recording.function("f").count());
            shop.call("f");
        }
    }

    @Test
    void the_failures_of_the_methods_come_first() {
        Run run = machine.run(Failing.class);

        assertThat(run.end("itself()").orElseThrow())
                .hasMessage("in the test")
                .satisfies(own -> assertThat(own.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .satisfiesExactly(
                                after -> assertThat(after).isEqualTo("afterwards"),
                                ours -> assertThat(ours).contains("@ExpectFunction(\"h\")", "f  1 time")));
        assertThat(run.end("afterwards()").orElseThrow())
                .hasMessage("afterwards")
                .satisfies(own -> assertThat(own.getSuppressed())
                        .singleElement()
                        .satisfies(ours -> assertThat(ours).isInstanceOf(AssertionFailedError.class)));
    }

    @Fake
    @ProbeSettings(window = Window.LIFECYCLE)
    @ExpectFunction("h")
    static class Failing {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @AfterEach
        void after() {
            throw new IllegalStateException("afterwards");
        }

        @Test
        @ProbeFunction("f")
        void itself() {
            shop.call("f");
            throw new IllegalStateException("in the test");
        }

        @Test
        void afterwards() {}
    }

    @Test
    void a_test_whose_preparation_fails_tells_what_fired_and_gives_its_turn_back() {
        Run run = machine.run(UnpreparedFirst.class, NoOtherMethods.class);

        assertThat(run.end("unprepared()").orElseThrow())
                .hasMessage("before")
                .satisfies(own -> assertThat(own.getSuppressed())
                        .singleElement()
                        .satisfies(ours -> assertThat(ours).hasMessageContaining("g  1 time")));
        assertThat(machine.alive()).isZero();
    }

    @Fake
    @ProbeSettings(window = Window.LIFECYCLE)
    static class UnpreparedFirst {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @BeforeEach
        void before() {
            shop.call("g");
            throw new IllegalStateException("before");
        }

        @Test
        @ProbeFunction("g")
        @ExpectFunction("f")
        void unprepared() {}
    }

    @Test
    void who_aborts_stays_aborted() {
        Run run = machine.run(Aborting.class);

        assertThat(run.aborted()).isEqualTo(2);
        assertThat(run.tests()).hasSize(2);
        assertThat(run.end("inTheTest()").orElseThrow()).isInstanceOf(TestAbortedException.class);
    }

    @Fake
    @ProbeSettings(window = Window.LIFECYCLE)
    static class Aborting {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        private boolean passed;

        @AfterEach
        void after() {
            assumeTrue(!passed, "afterwards");
        }

        @Test
        @ExpectFunction("f")
        void inTheTest() {
            assumeTrue(false, "not today");
        }

        @Test
        @ExpectFunction("f")
        void afterwards() {
            passed = true;
        }
    }

    /** Such as the container extension, if it is registered later than ours: then its end of the test comes earlier. */
    @Test
    void is_judged_before_a_container_of_the_test_is_stopped() {
        Run run = machine.run(StopsEarly.class);

        run.assertSucceeded(1);
    }

    @Fake
    @ProbeSettings(window = Window.LIFECYCLE)
    static class StopsEarly {
        @Probed
        final FakeContainer shop = new FakeContainer();

        @RegisterExtension
        final AfterEachCallback stop = context -> shop.stop();

        @AfterEach
        void after() {
            shop.call("f");
        }

        @Test
        @ExpectFunction(value = "f", times = 1)
        void test() {}
    }

    @Test
    void a_container_that_is_started_too_late_is_an_error_that_says_when() {
        assertThat(machine.run(Map.of("probeunit.window", "LIFECYCLE"), StartedTooLate.class)
                        .failure())
                .hasMessageContaining("is null")
                .hasMessageContaining("With window = LIFECYCLE the container must run before the first @BeforeEach");
        machine.run(Map.of("probeunit.window", "TEST"), StartedTooLate.class).assertSucceeded(1);
    }

    @Fake
    static class StartedTooLate {
        @Probed
        FakeContainer shop;

        @BeforeEach
        void before() {
            shop = new FakeContainer();
        }

        @Test
        @ExpectFunction(value = "f", times = 0)
        void test() {}
    }

    @Test
    void what_is_expected_within_a_time_is_watched_from_the_end_of_the_window() {
        machine.run(Later.class).assertSucceeded(1);
    }

    @Fake
    @ProbeSettings(window = Window.LIFECYCLE)
    static class Later {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @AfterEach
        void after() {
            new Thread(() -> {
                        try {
                            Thread.sleep(100);
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                        shop.call("f");
                    })
                    .start();
        }

        @Test
        @ExpectFunction(value = "f", within = "20s")
        void test() {}
    }
}
