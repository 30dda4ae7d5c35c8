package io.probeunit.recording;

import java.util.List;

/**
 * What became of all expectations of a test.
 *
 * @param outcomes in the order declared
 * @param summary all that is known of the window
 */
public record Judgement(List<Outcome> outcomes, Summary summary) {

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
