package io.probeunit.recording;

import java.util.List;
import java.util.Optional;

/**
 * What became of all expectations of a test.
 *
 * @param outcomes in the order declared
 * @param summary all that is known of the window
 * @param after what was seen after the window, of the points that expectations with {@code within} watch; its times too
 *     count from the opening of the window; empty if there are no such expectations
 */
public record Judgement(List<Outcome> outcomes, Summary summary, Optional<Summary> after) {

    /** Keeps a copy of the list. */
    public Judgement {
        outcomes = List.copyOf(outcomes);
    }

    /**
     * Says whether the test may pass.
     *
     * @return true if all expectations are met
     */
    public boolean isMet() {
        return outcomes.stream().allMatch(o -> o.verdict().isMet());
    }
}
