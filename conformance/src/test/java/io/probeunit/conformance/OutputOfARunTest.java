package io.probeunit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ProbeSettings;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.Outcomes;
import io.probeunit.conformance.kit.Subjects;
import io.probeunit.conformance.truth.TruthContainer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** What a run says: little, however many points there are. */
@Tag("once")
@Testcontainers
@Timeout(120)
class OutputOfARunTest {

    private static final String MANY = "/opt/truth/bin/truth-many";

    @Container
    static final TruthContainer container = new TruthContainer();

    @Test
    void a_glob_of_a_hundred_functions_shows_those_that_fired_and_the_class_has_one_line() {
        PrintStream before = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        Outcomes outcomes;
        try {
            outcomes = Subjects.run(Hundred.class);
        } finally {
            System.setErr(before);
        }

        assertThat(printed.toString(StandardCharsets.UTF_8)).containsPattern("""
                        (?m)^ProbeUnit: Hundred: 1 test \\(1 unmet\\); 101 points armed in \\d+ ms, engine uprobe, host \\w+$""");
        outcomes.failure("calls")
                .containsPattern("(?m)^   alpha +3 times .*\\n   and 100 points that did not fire$")
                .contains("and 90 more points, none of which fired");
        outcomes.entry("calls", "probeunit.counts").isEqualTo("alpha@container=3");
        outcomes.entry("calls", "probeunit.counts.silent").isEqualTo("100");
    }

    @ProbeSettings(engine = ProbeSettings.Engine.UPROBE)
    static class Hundred {
        @Probed(binary = MANY)
        static final TruthContainer container = OutputOfARunTest.container;

        @Test
        @ExpectFunction(value = "alpha", times = 3)
        @ExpectFunction("many_1*")
        void calls() {
            container.exec(MANY, "call alpha 3");
        }
    }
}
