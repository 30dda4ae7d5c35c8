package io.probeunit.internal.junit.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.ProbeException;
import io.probeunit.Recording;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.Probed;
import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.host.HostException;
import io.probeunit.internal.junit.lifecycle.FakeMachine.Fake;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Engines whose preflight passed, and that then cannot arm the probes. */
class FailedEnginesTest {

    private static final String FORCE = "probeunit.unavailable.force";
    private static final Map<String, String> SKIPPING = Map.of("probeunit.unavailable", "SKIP");

    private final FakeMachine machine = new FakeMachine();
    private @Nullable String forced;

    @BeforeEach
    void twoEngines() {
        // set where the whole build runs on real containers
        forced = System.clearProperty(FORCE);
        machine.engines.add(machine.uprobe);
        Two.armedWithStap = -1;
    }

    @AfterEach
    void forceAgain() {
        if (forced != null) {
            System.setProperty(FORCE, forced);
        }
    }

    @Test
    void auto_takes_the_next_one_and_says_why() {
        machine.stap.failsToArm = points -> true;

        Run run = machine.run(OnF.class);

        run.assertSucceeded(1);
        assertThat(run.entries())
                .singleElement()
                .satisfies(
                        entry -> assertThat(entry)
                                .containsEntry("probeunit.engine", "uprobe")
                                .containsEntry(
                                        "probeunit.engine.passed-over",
                                        "stap: could not arm the probes of FailedEnginesTest.OnF.f():\n    - arming failed on [f]"));
    }

    @Test
    void a_message_of_several_lines_is_set_in() {
        machine.stap.failsToArm = points -> {
            throw new EngineException("refused:\nparse error");
        };

        assertThat(machine.run(OnF.class).entries().toString()).contains("    - refused:\n      parse error");
    }

    @Test
    void a_tool_that_cannot_even_be_started_is_passed_over_too() {
        machine.stap.failsToArm = points -> {
            throw new HostException("there is no program 'stapbpf' any more");
        };

        Run run = machine.run(OnF.class);

        run.assertSucceeded(1);
        assertThat(run.entries().toString()).contains("no program 'stapbpf' any more");
    }

    @Test
    void the_engine_that_is_named_stays_an_error() {
        machine.stap.failsToArm = points -> true;
        machine.sidecarEngines.add(new FakeEngine("stap"));

        assertThat(machine.run(Map.of("probeunit.engine", "STAP"), OnF.class).failure())
                .isInstanceOf(EngineException.class)
                .hasMessage("arming failed on [f]");
        assertThat(machine.uprobe.asked).isEmpty();
        assertThat(machine.sidecarEngines.get(0).asked).isEmpty();
    }

    @Test
    void the_whole_class_first_then_the_test_alone_then_the_next_engine() {
        machine.stap.failsToArm = points -> points.contains("g");

        Run run = machine.run(FThenG.class);

        run.assertSucceeded(2);
        assertThat(machine.stap.asked).containsExactly(List.of("f", "g"), List.of("f"), List.of("g"));
        assertThat(machine.uprobe.asked).containsExactly(List.of("g", "f"));
        assertThat(run.entries())
                .extracting(entry -> entry.get("probeunit.engine"))
                .containsExactly("stap", "uprobe");
    }

    @Test
    void the_other_tests_of_the_class_do_not_try_in_vain() {
        machine.stap.failsToArm = points -> true;

        Run run = machine.run(FThenG.class);

        run.assertSucceeded(2);
        assertThat(machine.stap.asked).containsExactly(List.of("f", "g"), List.of("f"));
        assertThat(run.entries())
                .hasSize(2)
                .allSatisfy(entry -> assertThat(entry)
                        .containsEntry("probeunit.engine", "uprobe")
                        .hasEntrySatisfying(
                                "probeunit.engine.passed-over",
                                why -> assertThat(why)
                                        .startsWith("stap: could not arm the probes of FailedEnginesTest.FThenG.f()")));
    }

    @Test
    void another_class_tries_again() {
        machine.stap.failsToArm = points -> points.contains("g");

        Run run = machine.run(FThenG.class, OnF.class);

        run.assertSucceeded(3);
        assertThat(run.entries())
                .extracting(entry -> entry.get("probeunit.engine"))
                .containsExactly("stap", "uprobe", "stap");
    }

    @Test
    void it_is_asked_again_where_no_other_can_serve_a_test() {
        machine.stap.failsToArm = points -> points.contains("f");
        machine.uprobe.refuses = point -> point.name().equals("g");

        Run run = machine.run(FThenG.class);

        run.assertSucceeded(2);
        assertThat(run.entries())
                .extracting(entry -> entry.get("probeunit.engine"))
                .containsExactly("uprobe", "stap");
    }

    @Test
    void none_is_asked_twice_for_one_test() {
        machine.stap.failsToArm = points -> true;
        machine.uprobe.failsToArm = points -> points.contains("g");

        Run run = machine.run(FThenG.class);

        assertThat(run.end("f()")).isEmpty();
        assertThat(run.end("g()").orElseThrow())
                .hasMessageContaining("stap: could not arm the probes of FailedEnginesTest.FThenG.g()")
                .hasMessageContaining("uprobe: could not arm the probes of FailedEnginesTest.FThenG.g()");
        assertThat(machine.uprobe.asked).containsExactly(List.of("f", "g"), List.of("f"), List.of("g"));
    }

    @Test
    void what_it_has_armed_for_that_test_is_taken_away() {
        machine.stap.failsToArm = points -> points.contains("g") || points.contains("h");

        Run run = machine.run(Two.class);

        run.assertSucceeded(2);
        assertThat(machine.stap.armed()).containsExactly(List.of("f"));
        assertThat(Two.armedWithStap).isZero();
        assertThat(run.entries().toString()).doesNotContain("armed for this test alone");
    }

    @Test
    void if_none_can_the_error_has_every_reason_and_is_not_skipped() {
        machine.stap.failsToArm = points -> true;
        machine.uprobe.failsToArm = points -> true;
        FakeEngine perf = new FakeEngine("perf");
        perf.lacks.add("tracefs");
        machine.engines.add(perf);

        assertThat(machine.run(SKIPPING, OnF.class).failure())
                .isInstanceOf(ProbeException.class)
                .hasMessage("""
                        No engine can arm the probes of this test (PU1001):
                        stap: could not arm the probes of FailedEnginesTest.OnF.f():
                            - arming failed on [f]
                        uprobe: could not arm the probes of FailedEnginesTest.OnF.f():
                            - arming failed on [f]
                        perf: cannot work here:
                            - tracefs
                              install tracefs""");
        assertThat(machine.stap.asked).hasSize(1);
    }

    @Test
    void a_container_that_ended_meanwhile_is_no_matter_of_the_engine() {
        machine.stap.failsToArm = points -> {
            OnF.shop.restart();
            return true;
        };

        assertThat(machine.run(OnF.class).failure()).hasMessage("arming failed on [f]");
        assertThat(machine.uprobe.asked).isEmpty();
    }

    @Test
    void nor_is_an_interrupted_test() {
        machine.stap.failsToArm = points -> {
            Thread.currentThread().interrupt();
            return true;
        };

        try {
            assertThat(machine.run(OnF.class).failure()).hasMessage("arming failed on [f]");
        } finally {
            Thread.interrupted();
        }
        assertThat(machine.uprobe.asked).isEmpty();
    }

    @Test
    void after_all_local_engines_the_sidecar_is_asked_once_for_the_class() {
        machine.stap.failsToArm = points -> true;
        machine.uprobe.failsToArm = points -> true;
        FakeEngine there = new FakeEngine("stap");
        machine.sidecarEngines.add(there);

        Run run = machine.run(FThenG.class);

        run.assertSucceeded(2);
        assertThat(machine.stap.asked).containsExactly(List.of("f", "g"), List.of("f"));
        assertThat(machine.uprobe.asked).containsExactly(List.of("f", "g"), List.of("f"));
        assertThat(there.asked).containsExactly(List.of("f", "g"));
        assertThat(run.entries())
                .hasSize(2)
                .allSatisfy(entry -> assertThat(entry)
                        .containsEntry("probeunit.host", "fake sidecar")
                        .hasEntrySatisfying(
                                "probeunit.host.passed-over",
                                why -> assertThat(why)
                                        .contains(
                                                "Host fake: No engine can arm",
                                                "stap: could not arm",
                                                "uprobe: could not arm")));
    }

    @Test
    void if_no_host_can_the_error_has_every_reason_and_is_not_skipped() {
        machine.stap.failsToArm = points -> true;
        machine.uprobe.lacks.add("bpf");
        FakeEngine there = new FakeEngine("stap");
        there.lacks.add("systemtap");
        machine.sidecarEngines.add(there);

        assertThat(machine.run(SKIPPING, OnF.class).failure())
                .isInstanceOf(ProbeException.class)
                .hasMessage("""
                        No host can be used (host AUTO):
                        Host fake: No engine can arm the probes of this test (PU1001):
                        stap: could not arm the probes of FailedEnginesTest.OnF.f():
                            - arming failed on [f]
                        uprobe: cannot work here:
                            - bpf
                              install bpf
                        Host fake sidecar: No engine can arm the probes of this test (PU1001):
                        stap: cannot work here:
                            - systemtap
                              install systemtap""");
    }

    @Test
    void where_no_host_can_be_used_it_is_skipped_if_that_is_asked_for() {
        machine.engines.forEach(e -> e.lacks.add("headers"));
        FakeEngine there = new FakeEngine("stap");
        there.lacks.add("systemtap");
        machine.sidecarEngines.add(there);

        assertThat(machine.run(SKIPPING, OnF.class).aborted()).isEqualTo(1);
    }

    @Fake
    static class OnF {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @ExpectFunction("f")
        void f() {
            shop.call("f");
        }
    }

    @Fake
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class FThenG {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @Order(1)
        @ExpectFunction("f")
        void f() {
            shop.call("f");
        }

        @Test
        @Order(2)
        @ExpectFunction("g")
        void g() {
            shop.call("g");
        }
    }

    @Fake
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class Two {
        static long armedWithStap;

        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Probed
        static final FakeContainer db = new FakeContainer();

        @Test
        @Order(1)
        @ExpectFunction(value = "f", container = "shop", times = 1)
        @ExpectFunction(value = "g", container = "db", times = 1)
        void both(Recording recording) {
            shop.call("f");
            db.call("g");
            assertThat(recording.engine()).isEqualTo("uprobe");
            armedWithStap = shop.sessions.size() + db.sessions.size() - 2L;
        }

        @Test
        @Order(2)
        @ExpectFunction(value = "h", container = "shop", times = 0)
        void another() {}
    }
}
