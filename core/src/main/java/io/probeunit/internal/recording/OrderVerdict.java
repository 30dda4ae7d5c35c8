package io.probeunit.internal.recording;

import io.probeunit.internal.plan.ExpectedOrder;

/**
 * What became of one expected order.
 *
 * @param order what was expected
 * @param outcome whether that is true, and what was found
 */
public record OrderVerdict(ExpectedOrder order, OrderOutcome outcome) {

    /**
     * Whether the order was met.
     *
     * @return the verdict of the outcome
     */
    public Verdict verdict() {
        return outcome.verdict();
    }
}
