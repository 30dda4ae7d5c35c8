package io.probeunit.internal.junit.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.probeunit.Recording;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ExpectMark;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.Probed;
import io.probeunit.internal.junit.lifecycle.FakeMachine.Fake;
import io.probeunit.internal.recording.ProbedRecording;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class LifecycleTest {

    private final FakeMachine machine = new FakeMachine();

    @Test
    void what_fires_in_the_test_method_is_counted_and_nothing_else() {
        Run run = machine.run(Counting.class);

        run.assertSucceeded(3);
    }

    @Fake
    static class Counting {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @BeforeEach
        void before() {
            shop.call("f");
        }

        @AfterEach
        void after() {
            shop.call("f");
        }

        @Test
        @ExpectFunction(value = "f", times = 1)
        void once() {
            shop.call("f");
        }

        @Test
        @ExpectFunction(value = "f", times = 0)
        void never() {}

        @Test
        @ExpectMark(value = "m", times = 2, where = "arg1 == 42")
        void where() {
            shop.call("p:m", 42);
            shop.call("p:m", 41);
            shop.call("p:m", 42);
        }
    }

    @Test
    void an_unmet_expectation_fails_the_test_and_names_the_annotation() {
        Run run = machine.run(Unmet.class);

        assertThat(run.failure())
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("@ExpectFunction(\"f\") on LifecycleTest.Unmet.test()")
                .hasMessageContaining("@ExpectMark(value = \"m\", times = 2)")
                .message()
                .doesNotContain("\"g\"");
    }

    @Fake
    static class Unmet {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @ExpectFunction("f")
        @ExpectFunction("g")
        @ExpectMark(value = "m", times = 2)
        void test() {
            shop.call("g");
        }
    }

    @Test
    void a_class_is_armed_once_for_all_its_tests_and_those_nested() {
        Run run = machine.run(ArmedOnce.class);

        run.assertSucceeded(6);
        assertThat(machine.stap.armed())
                .filteredOn(points -> !points.contains("g.return"))
                .singleElement()
                .satisfies(points -> assertThat(points).containsExactlyInAnyOrder("f", "g", "p:m", "p:n"));
    }

    @Test
    void captures_of_several_tests_on_one_point_are_united() {
        machine.run(ArmedOnce.class);

        assertThat(machine.stap.opened.get(0).request.points())
                .filteredOn(p -> p.name().equals("p:m"))
                .singleElement()
                .satisfies(p -> assertThat(p.slots()).hasSize(3));
    }

    @Test
    void all_sessions_are_closed_by_the_end_of_the_class_and_awaited_by_the_end_of_the_run() {
        machine.run(ArmedOnce.class);

        assertThat(machine.stap.opened).allMatch(s -> s.closed).allMatch(s -> s.awaited);
    }

    abstract static class WithInheritedTest {
        @Test
        @ExpectMark(value = "n", times = 0)
        void inherited() {}
    }

    @Fake
    static class ArmedOnce extends WithInheritedTest {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @ExpectFunction("f")
        void first() {
            shop.call("f");
        }

        @Test
        @ExpectFunction("g")
        @ExpectMark(
                value = "m",
                capture = {"arg1", "arg2:string"},
                times = 0)
        void second() {
            shop.call("g");
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        @ExpectMark(
                value = "m",
                capture = {"arg1", "arg3"},
                times = 1)
        void third(int ignored) {
            shop.call("p:m", 1, 2, 3);
        }

        @Nested
        class Inner {
            @Test
            @ExpectFunction(value = "g", onReturn = true)
            void fourth() {
                shop.call("g.return");
            }
        }
    }

    @Test
    void a_point_that_does_not_exist_fails_its_test_before_its_body_runs_and_no_other() {
        Run run = machine.run(OneMisspelt.class);

        assertThat(run.succeeded()).isEqualTo(2);
        assertThat(run.end("bad()").orElseThrow())
                .hasMessageContaining("@ExpectFunction(value = \"nope\", times = 0) on LifecycleTest.OneMisspelt.bad()")
                .hasMessageContaining("no function nope");
        assertThat(OneMisspelt.badRan).isFalse();
        assertThat(machine.stap.opened).hasSize(1);
    }

    @Fake
    static class OneMisspelt {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        static boolean badRan;

        @Test
        @ExpectFunction("f")
        void a() {
            shop.call("f");
        }

        @Test
        @ExpectFunction(value = "nope", times = 0)
        void bad() {
            badRan = true;
        }

        @Test
        @ExpectFunction("g")
        void z() {
            shop.call("g");
        }
    }

    @Test
    void where_arming_the_whole_class_fails_each_test_is_armed_for_itself() {
        machine.stap.failsToArm = points -> points.contains("g");

        Run run = machine.run(OneMisspelt.class);

        assertThat(run.end("a()")).isEmpty();
        assertThat(run.end("z()").orElseThrow()).hasMessageContaining("arming failed on [g]");
        assertThat(run.entries().toString()).contains("armed for this test alone");
    }

    @Test
    void what_nobody_expected_to_fail_fails_one_test_alone() {
        machine.stap.breaksDown = points -> points.contains("g");

        Run run = machine.run(OneMisspelt.class);

        assertThat(run.end("a()")).isEmpty();
        assertThat(run.end("z()").orElseThrow()).hasMessageContaining("not understood: [g]");
    }

    @Test
    void a_tests_own_failure_comes_first() {
        Run run = machine.run(FailsItself.class);

        assertThat(run.failure())
                .hasMessage("its own")
                .satisfies(own -> assertThat(own.getSuppressed())
                        .singleElement()
                        .satisfies(ours -> assertThat(ours)
                                .isInstanceOf(AssertionFailedError.class)
                                .hasMessageContaining("@ExpectFunction(\"f\")")));
    }

    @Fake
    static class FailsItself {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @ExpectFunction("f")
        void test() {
            throw new IllegalStateException("its own");
        }
    }

    @Test
    void an_aborted_test_stays_aborted() {
        Run run = machine.run(Aborts.class);

        assertThat(run.aborted()).isEqualTo(1);
        assertThat(run.succeeded()).isEqualTo(1);
        assertThat(run.failure()).isInstanceOf(TestAbortedException.class);
    }

    @Fake
    static class Aborts {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @ExpectFunction("f")
        void aborts() {
            assumeTrue(false, "not today");
        }

        @Test
        @ExpectFunction("f")
        void next() {
            shop.call("f");
        }
    }

    /** It is not judged, which would end its window too. */
    @Test
    void an_aborted_test_that_allows_for_time_leaves_the_session_to_the_next() {
        Run run = machine.run(AbortsWithin.class);

        assertThat(run.aborted()).isEqualTo(1);
        assertThat(run.succeeded()).isEqualTo(1);
        assertThat(machine.stap.opened).hasSize(1);
    }

    @Fake
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class AbortsWithin {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @ExpectFunction(value = "f", within = "5s")
        void aAborts() {
            assumeTrue(false, "not today");
        }

        @Test
        @ExpectFunction("f")
        void bNext() {
            shop.call("f");
        }
    }

    @Test
    void a_recording_is_empty_before_live_within_and_frozen_after() {
        Run run = machine.run(Recorded.class);

        run.assertSucceeded(1);
        assertThat(Recorded.seen).containsExactly("before 0", "live 0", "live 2", "after 2", "still 2");
    }

    @Fake
    static class Recorded {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        static final List<String> seen = new ArrayList<>();

        @BeforeEach
        void before(Recording recording) {
            shop.call("f");
            seen.add("before " + recording.function("f").count());
        }

        @Test
        @ProbeFunction("f")
        void test(Recording recording) {
            seen.add("live " + recording.function("f").count());
            shop.call("f");
            shop.call("f");
            seen.add("live " + recording.function("f").count());
        }

        @AfterEach
        void after(Recording recording) {
            seen.add("after " + recording.function("f").count());
            shop.call("f");
            seen.add("still " + recording.function("f").count());
        }
    }

    @Test
    void a_recording_is_refused_where_there_is_no_test() {
        assertThat(machine.run(RecordingForAll.class).failure())
                .hasMessageContaining("A Recording belongs to one test")
                .hasMessageContaining("@BeforeEach");
        assertThat(machine.run(RecordingForConstructor.class).failure())
                .hasMessageContaining("A Recording belongs to one test");
    }

    @Fake
    @ProbeFunction("f")
    static class RecordingForAll {
        @BeforeAll
        static void all(Recording recording) {}

        @Test
        void test() {}
    }

    @Fake
    @ProbeFunction("f")
    static class RecordingForConstructor {
        RecordingForConstructor(Recording recording) {}

        @Test
        void test() {}
    }

    @Test
    void a_test_that_probes_nothing_arms_nothing() {
        Run run = machine.run(ProbesNothing.class);

        run.assertSucceeded(1);
        assertThat(machine.stap.opened).isEmpty();
        assertThat(machine.stap.preflights).hasValue(0);
    }

    @Fake
    static class ProbesNothing {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        void test(Recording recording) {
            assertThat(recording.engine()).isEqualTo("none");
            assertThat(recording).isInstanceOf(ProbedRecording.class);
        }
    }

    @Test
    void a_restarted_or_remade_container_is_armed_anew_and_so_is_a_dead_session() {
        Restarts.machine = machine;
        Run run = machine.run(Restarts.class);

        run.assertSucceeded(5);
        assertThat(machine.stap.opened).hasSize(4);
        assertThat(run.entries().toString())
                .contains("armed again: container shop was restarted")
                .contains("armed again: the session of engine stap on shop had ended");
        assertThat(machine.stap.opened).allMatch(s -> s.closed);
    }

    @Fake
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class Restarts {
        @Probed
        static FakeContainer shop = new FakeContainer();

        static FakeMachine machine;

        @Test
        @ExpectFunction("f")
        void a() {
            shop.call("f");
        }

        @Test
        @ExpectFunction("f")
        void bSameAgain() {
            shop.call("f");
        }

        @Nested
        @TestMethodOrder(MethodOrderer.MethodName.class)
        class Later {
            @BeforeEach
            void change(org.junit.jupiter.api.TestInfo test) {
                switch (test.getDisplayName()) {
                    case "aRestarted()" -> shop.restart();
                    case "bRemade()" -> shop = new FakeContainer();
                    default -> machine.stap.opened.forEach(FakeEngine.FakeSession::die);
                }
            }

            @Test
            @ExpectFunction("f")
            void aRestarted() {
                shop.call("f");
            }

            @Test
            @ExpectFunction("f")
            void bRemade() {
                shop.call("f");
            }

            @Test
            @ExpectFunction("f")
            void cSessionDied() {
                shop.call("f");
            }
        }
    }

    @Test
    void a_file_that_was_changed_is_armed_anew_when_its_old_probes_are_gone() {
        RewrittenBetween.machine = machine;
        Run run = machine.run(RewrittenBetween.class);

        run.assertSucceeded(3);
        assertThat(machine.stap.opened).hasSize(2).allMatch(s -> s.alone);
        assertThat(run.entries().toString()).contains("armed again: /bin/fake was changed on shop");
    }

    @Fake
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class RewrittenBetween {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        static FakeMachine machine;

        @Test
        @ExpectFunction("f")
        void a() {
            shop.call("f");
        }

        @Test
        @ExpectFunction("f")
        void b() {
            shop.call("f");
        }

        @AfterEach
        void rewrite(TestInfo test) {
            if (test.getDisplayName().equals("b()")) {
                machine.rewrite(100);
            }
        }

        @Test
        @ExpectFunction("f")
        void c() {
            shop.call("f");
        }
    }

    @Test
    void old_probes_leave_a_file_that_was_written_over_whoever_armed_them() {
        RewrittenByAnother.machine = machine;
        Run run = machine.run(ArmsFirst.class, RewrittenByAnother.class);

        run.assertSucceeded(3);
        assertThat(machine.stap.opened).hasSize(3).allMatch(s -> s.alone);
    }

    @Fake
    static class ArmsFirst {
        static final FakeContainer shared = new FakeContainer();

        @Probed
        static final FakeContainer shop = shared;

        @Test
        @ExpectFunction("f")
        void test() {
            shop.call("f");
        }
    }

    @Fake
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class RewrittenByAnother {
        @Probed
        static final FakeContainer one = ArmsFirst.shared;

        @Probed
        static final FakeContainer other = ArmsFirst.shared;

        static FakeMachine machine;

        @BeforeAll
        static void afterTheFirstClass() {
            machine.rewrite(100);
        }

        @Test
        @ExpectFunction(value = "f", container = "one")
        void a() {
            one.call("f");
        }

        @Test
        @ExpectFunction(value = "f", container = "other")
        void b() {
            other.call("f");
        }

        @AfterEach
        void change() {
            machine.rewrite(200);
        }
    }

    @Test
    void a_file_that_changes_while_its_probes_are_armed_is_an_error() {
        machine.stap.failsToArm = points -> {
            machine.rewrite(100);
            return false;
        };

        assertThat(machine.run(ProbesOnce.class).failure())
                .hasMessageContaining("/bin/fake in target shop was changed while its probes were armed");
        assertThat(machine.alive()).isZero();
    }

    @Fake
    static class ProbesOnce {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @ExpectFunction("f")
        void test() {
            shop.call("f");
        }
    }

    @Test
    void a_restart_within_the_window_is_inconclusive_and_fails() {
        assertThat(machine.run(RestartsWithin.class).failure())
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("container shop was started again");
    }

    @Fake
    static class RestartsWithin {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @ExpectFunction(value = "f", times = 0)
        void test() {
            shop.restart();
        }
    }

    @Test
    void an_engine_that_dies_within_the_window_is_inconclusive_and_fails() {
        EngineDies.machine = machine;

        assertThat(machine.run(EngineDies.class).failure())
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("the fake engine died");
    }

    @Fake
    static class EngineDies {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        static FakeMachine machine;

        @Test
        @ExpectFunction(value = "f", times = 0)
        void test() {
            machine.stap.opened.forEach(FakeEngine.FakeSession::die);
        }
    }

    @Test
    void containers_of_one_test_are_armed_for_that_test_alone() {
        OwnContainers.machine = machine;

        Run run = machine.run(OwnContainers.class);

        run.assertSucceeded(2);
        assertThat(machine.stap.armed()).containsExactlyInAnyOrder(List.of("f"), List.of("g"));
        assertThat(OwnContainers.alive).containsExactly(1L, 1L);
    }

    @Fake
    static class OwnContainers {
        static final List<Long> alive = new ArrayList<>();
        static FakeMachine machine;

        @Probed
        private final FakeContainer shop = new FakeContainer();

        @AfterEach
        void stop() {
            shop.stop();
        }

        @Test
        @ExpectFunction("f")
        void first() {
            shop.call("f");
            alive.add(machine.alive());
        }

        @Test
        @ExpectFunction("g")
        void second() {
            shop.call("g");
            alive.add(machine.alive());
        }
    }

    @Test
    void a_container_that_instance_fields_share_is_armed_anew_only_for_new_points() {
        Run run = machine.run(SharedByInstances.class);

        run.assertSucceeded(3);
        assertThat(machine.stap.armed()).containsExactly(List.of("f"), List.of("g", "f"));
        assertThat(run.entries().toString()).contains("armed again: points were added on shop");
    }

    @Fake
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class SharedByInstances {
        static final FakeContainer singleton = new FakeContainer();

        @Probed
        private final FakeContainer shop = singleton;

        @Test
        @ExpectFunction("f")
        void a() {
            shop.call("f");
        }

        @Test
        @ExpectFunction("g")
        void b() {
            shop.call("g");
        }

        @Test
        @ExpectFunction(value = "f", times = 1)
        @ExpectFunction(value = "g", times = 0)
        void c() {
            shop.call("f");
        }
    }

    @Test
    void types_that_contradict_each_other_are_an_error_before_anything_is_armed() {
        assertThat(machine.run(Contradicting.class).failure())
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining("arg1")
                .hasMessageContaining("s32")
                .hasMessageContaining("u8");
        assertThat(machine.stap.opened).isEmpty();
    }

    @Fake
    static class Contradicting {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @ProbeFunction(value = "f", capture = "arg1:s32")
        @ProbeFunction(value = "f", capture = "arg1:u8")
        void test() {}
    }

    @Test
    void disabled_tests_arm_nothing() {
        machine.run(PartlyDisabled.class);

        assertThat(machine.stap.armed()).containsExactly(List.of("f"));
    }

    @Fake
    static class PartlyDisabled {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @ExpectFunction("f")
        void test() {
            shop.call("f");
        }

        @Test
        @Disabled("for this test")
        @ExpectFunction("g")
        void disabled() {}

        @Nested
        @Disabled("for this test")
        class Inner {
            @Test
            @ExpectFunction("h")
            void disabled() {}
        }
    }

    @Test
    void the_report_is_printed_where_that_is_asked_for() {
        assertThat(printed(Unmet.class))
                .contains("test(): Window of")
                .contains("engine stap")
                .doesNotContain("Probed from", "Passed over");
    }

    /** Build tools show no report entries: this is where a person sees it for a test that passes. */
    @Test
    void the_printed_report_says_which_host_was_taken_and_why_not_another() {
        machine.stap.lacks.add("headers");
        machine.sidecarEngines.add(machine.uprobe);

        assertThat(printed(Unmet.class))
                .contains("test(): Window of")
                .contains("\nProbed from the host 'fake sidecar': a fake container.\nPassed over: Host fake: ")
                .contains("headers");
    }

    private String printed(Class<?> test) {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            machine.run(Map.of("probeunit.report", "print"), test);
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void reports_what_fired() {
        Run run = machine.run(Unmet.class);

        assertThat(run.entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry)
                        .containsAllEntriesOf(Map.of(
                                "probeunit.engine", "stap",
                                "probeunit.engine.how", "fake 1.0",
                                "probeunit.verdict", "unmet",
                                "probeunit.counts", "f@shop=0, g@shop=1, p:m@shop=0",
                                "probeunit.details.lost", "0")));
    }

    @Test
    void what_is_expected_within_a_time_may_come_later() {
        machine.run(Later.class).assertSucceeded(1);
    }

    @Fake
    static class Later {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @ExpectFunction(value = "f", within = "5s")
        void test() {
            new Thread(() -> {
                        try {
                            Thread.sleep(150);
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                        shop.call("f");
                    })
                    .start();
        }
    }
}
