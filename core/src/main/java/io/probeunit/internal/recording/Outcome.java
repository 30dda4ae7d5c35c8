package io.probeunit.internal.recording;

import io.probeunit.Firing;
import io.probeunit.internal.plan.Expectation;
import java.util.List;
import java.util.Optional;

/**
 * What became of one expectation.
 *
 * @param expectation what was expected
 * @param verdict whether that is true
 * @param observation what was seen
 * @param points the probe points that were counted
 * @param examples some firings of these points, whether they satisfy the conditions or not; none if the verdict is met
 * @param took what is known of the times of the calls, if that was asked for
 * @param callers some of the firings that are too many, or of which an annotation captures the stack, each with its stack
 * @param lackOfStacks why {@code callers} may be empty though firings are too many; a sentence without its full stop
 * @param hints what may explain that the points did not fire; guesses, in sentences without full stops
 */
public record Outcome(
        Expectation expectation,
        Verdict verdict,
        Observation observation,
        List<Summary.Tally> points,
        List<Firing> examples,
        Optional<Punctuality> took,
        List<Firing> callers,
        Optional<String> lackOfStacks,
        List<String> hints) {

    /** Keeps copies of the lists. */
    public Outcome {
        points = List.copyOf(points);
        examples = List.copyOf(examples);
        callers = List.copyOf(callers);
        hints = List.copyOf(hints);
    }

    /** Without hints, and nothing was asked of times. */
    Outcome(
            Expectation expectation,
            Verdict verdict,
            Observation observation,
            List<Summary.Tally> points,
            List<Firing> examples) {
        this(
                expectation,
                verdict,
                observation,
                points,
                examples,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of());
    }

    /** Whether firings were expected, and there was none. */
    boolean isSilent() {
        return !verdict.isMet()
                && observation.fired() == 0
                && expectation.bounds().atLeast() > 0;
    }

    Outcome withHints(List<String> hints) {
        return new Outcome(expectation, verdict, observation, points, examples, took, callers, lackOfStacks, hints);
    }
}
