package io.probeunit.internal.junit.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.ProbeException;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ExpectSampled;
import io.probeunit.annotations.ProbeSettings;
import io.probeunit.annotations.Probed;
import io.probeunit.internal.junit.lifecycle.FakeMachine.Fake;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.TestAbortedException;

class AvailabilityTest {

    private static final String FORCE = "probeunit.unavailable.force";

    private final FakeMachine machine = new FakeMachine();
    private @Nullable String forced;

    /** Set where the whole build runs on real containers. */
    @BeforeEach
    void forgetWhatIsForced() {
        forced = System.clearProperty(FORCE);
    }

    @AfterEach
    void forceAgain() {
        if (forced != null) {
            System.setProperty(FORCE, forced);
        }
    }

    @Test
    void without_any_engine_the_test_fails_with_reasons_and_cures() {
        Plain.ran = false;
        machine.stap.lacks.add("headers");
        machine.stap.lacks.add("tracefs");

        assertThat(machine.run(Plain.class).failure())
                .isInstanceOf(ProbeException.class)
                .hasMessageContaining("stap: cannot work here")
                .hasMessageContaining("headers")
                .hasMessageContaining("install headers")
                .hasMessageContaining("install tracefs");
        assertThat(Plain.ran).isFalse();
    }

    @Test
    void it_is_skipped_with_the_same_text_where_that_is_asked_for() {
        machine.stap.lacks.add("headers");

        assertThat(machine.run(Map.of("probeunit.unavailable", "SKIP"), Plain.class)
                        .failure())
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("install headers");
        assertThat(machine.run(Skips.class).aborted()).isEqualTo(1);
    }

    @Test
    void without_any_engine_nothing_is_asked_of_the_containers() {
        machine.stap.lacks.add("headers");

        assertThat(machine.run(SkipsWithoutContainer.class).aborted()).isEqualTo(1);
    }

    @Test
    void a_container_on_another_machine_is_skipped_where_that_is_asked_for() {
        machine.elsewhere = true;

        assertThat(machine.run(Plain.class).failure())
                .isInstanceOf(ProbeException.class)
                .hasMessageContaining("on another machine");
        assertThat(machine.run(Skips.class).failure())
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("on another machine");
        assertThat(machine.run(Map.of(FORCE, "FAIL"), Skips.class).failed()).isEqualTo(1);
    }

    @Test
    void skipping_does_not_hide_a_container_that_does_not_run() {
        assertThat(machine.run(SkipsStopped.class).failure())
                .isInstanceOf(ProbeException.class)
                .hasMessageContaining("does not run");
    }

    @Test
    void a_forced_fail_overrides_skip() {
        machine.stap.lacks.add("headers");

        assertThat(machine.run(Map.of(FORCE, "FAIL"), Skips.class).failed()).isEqualTo(1);
    }

    @Test
    void skipping_does_not_hide_other_faults() {
        assertThat(machine.run(SkipsMisspelt.class).failed()).isEqualTo(1);
    }

    @Test
    void auto_takes_the_next_engine_and_says_why() {
        machine.engines.add(machine.uprobe);
        machine.stap.lacks.add("headers");

        Run run = machine.run(Plain.class);

        run.assertSucceeded(1);
        assertThat(run.entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry)
                        .containsEntry("probeunit.engine", "uprobe")
                        .hasEntrySatisfying(
                                "probeunit.engine.passed-over",
                                reason -> assertThat(reason).contains("stap").contains("install headers")));
    }

    @Test
    void auto_passes_over_an_engine_that_refuses_a_point() {
        machine.engines.add(machine.uprobe);
        machine.stap.refuses = point -> point.name().equals("f");

        Run run = machine.run(Plain.class);

        run.assertSucceeded(1);
        assertThat(machine.stap.opened).isEmpty();
        assertThat(run.entries().toString()).contains("f: not with this engine");
    }

    @Test
    void what_the_engine_refuses_fails_the_test_that_asks_for_it_alone() {
        machine.stap.refuses = point -> point.name().equals("g");

        Run run = machine.run(OneRefused.class);

        assertThat(run.end("f()")).isEmpty();
        assertThat(run.end("g()").orElseThrow()).hasMessageContaining("g: not with this engine");
        assertThat(machine.stap.armed()).containsExactly(List.of("f"));
    }

    @Test
    void the_refusal_names_the_annotation_that_asks_for_it() {
        machine.stap.refuses = point -> point.name().equals("g");

        assertThat(machine.run(OneRefused.class).end("g()").orElseThrow())
                .hasMessageContaining(
                        "@ExpectFunction(\"g\") on AvailabilityTest.OneRefused.g(): g: not with this engine");
    }

    @Test
    void skip_does_not_hide_what_an_engine_that_is_ready_refuses() {
        machine.stap.refuses = point -> true;

        assertThat(machine.run(Skips.class).failure())
                .isInstanceOf(ProbeException.class)
                .hasMessageContaining("f: not with this engine");
    }

    @Test
    void auto_passes_over_an_engine_for_which_the_points_are_too_many() {
        machine.engines.add(machine.uprobe);
        machine.stap.mostPoints = 2;

        Run run = machine.run(Glob.class);

        run.assertSucceeded(1);
        assertThat(machine.stap.opened).isEmpty();
        assertThat(run.entries().toString()).contains("3 points are too many");
    }

    @Test
    void points_are_counted_once_for_each_target() {
        machine.stap.mostPoints = 2;

        Run run = machine.run(TwoTargets.class);

        run.assertSucceeded(1);
    }

    @Test
    void a_preflight_is_made_once_in_a_run() {
        machine.run(OneRefused.class, Plain.class);

        assertThat(machine.stap.preflights).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPROBE", "PERF"})
    void an_engine_that_is_not_on_the_class_path_is_refused_also_where_unavailable_means_skip(String engine) {
        assertThat(machine.run(Map.of("probeunit.engine", engine), Skips.class).failure())
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining("engine = " + engine)
                .hasMessageContaining("is not on the class path of the tests (PU0302); engines that are: STAP.");
        assertThat(machine.stap.opened).isEmpty();
    }

    @Fake
    static class Plain {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        static boolean ran;

        @Test
        @ExpectFunction("f")
        void test() {
            ran = true;
            shop.call("f");
        }
    }

    @Fake
    @ProbeSettings(unavailable = ProbeSettings.Unavailable.SKIP)
    static class Skips {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @ExpectFunction("f")
        void test() {}
    }

    @Fake
    @ProbeSettings(unavailable = ProbeSettings.Unavailable.SKIP)
    static class SkipsWithoutContainer {
        @Probed
        static @Nullable FakeContainer shop;

        @Test
        @ExpectFunction("f")
        void test() {}
    }

    @Fake
    @ProbeSettings(unavailable = ProbeSettings.Unavailable.SKIP)
    static class SkipsStopped {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @ExpectFunction("f")
        void test() {}

        @BeforeEach
        void stop() {
            shop.stop();
        }
    }

    @Fake
    @ProbeSettings(unavailable = ProbeSettings.Unavailable.SKIP)
    static class SkipsMisspelt {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @ExpectFunction("nope")
        void test() {}
    }

    @Fake
    static class Glob {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @ExpectFunction("[fgh]")
        void test() {
            shop.call("f");
        }
    }

    @Fake
    static class TwoTargets {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Probed
        static final FakeContainer db = new FakeContainer();

        @Test
        @ExpectFunction(value = "[fg]", container = "shop")
        @ExpectFunction(value = "f", container = "shop", capture = "arg1")
        @ExpectFunction(value = "[fg]", container = "db", times = 0)
        void test() {
            shop.call("f");
        }
    }

    @Fake
    static class OneRefused {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @ExpectFunction("f")
        void f() {
            shop.call("f");
        }

        @Test
        @ExpectFunction("g")
        void g() {
            shop.call("g");
        }
    }

    @Test
    void samples_that_cannot_be_taken_are_skipped_where_that_is_asked_for() {
        machine.noPerf.add("local");

        assertThat(machine.run(Sampled.class).end("test()").orElseThrow())
                .isInstanceOf(TestAbortedException.class)
                .hasMessageStartingWith("no perf here\nOr set the host to SIDECAR");
        assertThat(machine.run(Map.of(FORCE, "FAIL"), Sampled.class).failed()).isEqualTo(1);
    }

    @Fake
    @ProbeSettings(unavailable = ProbeSettings.Unavailable.SKIP)
    static class Sampled {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @ExpectSampled(value = "f", atLeastPercent = 50)
        void test() {}
    }
}
