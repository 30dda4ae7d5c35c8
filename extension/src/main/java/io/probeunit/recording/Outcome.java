package io.probeunit.recording;

import io.probeunit.Firing;
import io.probeunit.plan.Expectation;
import java.util.List;

/**
 * What became of one expectation.
 *
 * @param expectation what was expected
 * @param verdict whether that is true
 * @param observation what was seen
 * @param points the probe points that were counted
 * @param examples some firings of these points, whether they satisfy the conditions or not; none if the verdict is met
 */
public record Outcome(
        Expectation expectation,
        Verdict verdict,
        Observation observation,
        List<Summary.Tally> points,
        List<Firing> examples) {

    /** Keeps copies of the lists. */
    public Outcome {
        points = List.copyOf(points);
        examples = List.copyOf(examples);
    }
}
