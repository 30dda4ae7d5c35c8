package io.probeunit.internal.junit.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.ProbeSettings;
import io.probeunit.annotations.Probed;
import io.probeunit.internal.junit.lifecycle.FakeMachine.Fake;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.testcontainers.containers.GenericContainer;

/** What a run says besides its failures. */
class OutputTest {

    private static final String LACK = "Passed over: Engine stap: cannot work here:\n    - headers";

    @RegisterExtension
    final LoggedLines logged = new LoggedLines("io.probeunit");

    private final FakeMachine machine = new FakeMachine();

    @Test
    void a_class_has_one_line_at_its_end() {
        machine.run(Four.class);

        assertThat(machine.said)
                .singleElement()
                .asString()
                .matches("ProbeUnit: Four: 4 tests \\(2 met, 1 unmet, 1 not armed\\); 3 points armed in \\d+ ms,"
                        + " engine stap, host fake");
    }

    @Test
    void a_class_without_probes_has_none() {
        machine.run(NoProbes.class);

        assertThat(machine.said).isEmpty();
    }

    @Test
    void arming_that_takes_long_is_said_while_it_lasts() {
        machine.stap.failsToArm = points -> {
            machine.clock.pass(Duration.ofSeconds(13));
            return false;
        };

        machine.run(Two.class);

        assertThat(machine.said)
                .hasSize(4)
                .startsWith(
                        "ProbeUnit: arming 2 points in container shop (engine stap, host fake): 2 s so far",
                        "ProbeUnit: arming 2 points in container shop (engine stap, host fake): 12 s so far",
                        "ProbeUnit: arming 2 points in container shop (engine stap, host fake): done after 13 s");
    }

    @Test
    void a_reason_why_an_engine_was_passed_over_is_told_once_in_a_run() {
        machine.engines.add(machine.uprobe);
        machine.stap.lacks.add("headers");

        Run run = machine.run(Two.class, TwoMore.class);

        assertThat(run.failures()).hasSize(4);
        List<String> texts = run.failures().stream().map(Throwable::getMessage).toList();
        assertThat(texts).filteredOn(text -> text.contains(LACK)).hasSize(1);
        assertThat(texts)
                .filteredOn(text -> text.contains("Passed over: Engine stap, for the reason that Two"))
                .hasSize(3);
    }

    @Test
    void a_problem_of_several_annotations_is_told_once() {
        assertThat(machine.run(SameProblem.class).failure().getMessage())
                .containsOnlyOnce("no function x in shop")
                .contains("@ExpectFunction(\"x\")", "@ProbeFunction(\"x\")");
    }

    @Test
    void lines_go_to_the_standard_error() {
        assertThat(printed(Map.of())).containsOnlyOnce("ProbeUnit: NotStarted: 1 test (1 not armed)\n");
    }

    @Test
    void lines_go_to_the_log() {
        Map<String, String> log = Map.of("probeunit.progress", "log");

        assertThat(printed(log)).isEmpty();
        assertThat(logged.lines()).contains("ProbeUnit: NotStarted: 1 test (1 not armed)");
    }

    @Test
    void lines_go_nowhere() {
        assertThat(printed(Map.of("probeunit.progress", "NONE"))).isEmpty();
        assertThat(logged.lines()).isEmpty();
    }

    /** With the real parts. */
    private static String printed(Map<String, String> settings) {
        PrintStream before = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            assertThat(Run.of(settings, NotStarted.class).failed()).isEqualTo(1);
        } finally {
            System.setErr(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Fake
    static class Four {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @ExpectFunction("f")
        void f() {
            shop.call("f");
        }

        @Test
        @ExpectFunction(value = "g", times = 0)
        void g() {
            // g is not called
        }

        @Test
        @ExpectFunction("h")
        void unmet() {
            // h is not called
        }

        @Test
        @ExpectFunction("x")
        void notThere() {
            // is not reached
        }
    }

    @Fake
    static class Two {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @ExpectFunction("f")
        void f() {
            // f is not called
        }

        @Test
        @ExpectFunction("g")
        void g() {
            // g is not called
        }
    }

    static class TwoMore extends Two {}

    @Fake
    static class NoProbes {
        @Test
        void runs() {
            // probes nothing
        }
    }

    @Fake
    static class SameProblem {
        @Probed
        static final FakeContainer shop = new FakeContainer();

        @Test
        @ExpectFunction("x")
        @ProbeFunction("x")
        void x() {
            // is not reached
        }
    }

    @ProbeSettings(host = ProbeSettings.Host.LOCAL)
    static class NotStarted {
        @Probed
        static final GenericContainer<?> shop = new GenericContainer<>("shop:none");

        @Test
        @ExpectFunction("f")
        void f() {
            // is not reached
        }
    }
}
