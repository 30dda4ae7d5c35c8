package io.probeunit.internal.recording;

import static io.probeunit.internal.recording.Fixture.probeFunction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.probeunit.ProbeException;
import io.probeunit.Recording;
import io.probeunit.internal.plan.ProbePlan;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said to questions that mean nothing. */
class QuestionsTest {

    private final Recording recording =
            new ProbeWindow(new ProbePlan(List.of(probeFunction("charge")), List.of()), List.of("shop")).recording();

    @Test
    void an_empty_name_is_refused() {
        assertThatThrownBy(() -> recording.function(""))
                .isInstanceOf(ProbeException.class)
                .hasMessage("function(\"\"): give the name that an annotation of this test probes");
        assertThatThrownBy(() -> recording.mark(" "))
                .isInstanceOf(ProbeException.class)
                .hasMessageStartingWith("mark(\" \"): ");
    }

    @Test
    @SuppressWarnings("NullAway")
    void null_is_refused() {
        assertThatThrownBy(() -> recording.functionReturn(null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("functionReturn(null): ");
        assertThatThrownBy(() -> recording.firings().where(null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("where(null): give a condition");
        assertThatThrownBy(() -> recording.firings().in(null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("in(null): give the name of a target");
    }

    @Test
    void a_glob_that_is_no_annotations_text_is_explained() {
        assertThatThrownBy(() -> recording.function("ch*"))
                .isInstanceOf(ProbeException.class)
                .hasMessageContaining("\"ch*\" is a glob; here a glob must be exactly the text of an annotation");
    }

    @Test
    void where_nothing_is_probed_the_recording_says_so() {
        Recording empty = new ProbeWindow(new ProbePlan(List.of(), List.of()), List.of()).recording();

        assertThat(empty).hasToString("Recording (no annotation of this test probes anything; engine none)");
    }
}
