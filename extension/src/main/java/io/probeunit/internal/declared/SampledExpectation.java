package io.probeunit.internal.declared;

import io.probeunit.internal.plan.FunctionSpec;
import io.probeunit.internal.plan.PlanException;
import io.probeunit.internal.plan.ProbeRequest;
import java.util.List;

/**
 * One {@code @ExpectSampled}, understood.
 *
 * @param function which one, and where
 * @param atLeastPercent of the samples, above 0 and up to 100
 * @param minSamples with fewer, nothing is said; at least 1
 * @param declaration for messages
 */
public record SampledExpectation(FunctionSpec function, double atLeastPercent, int minSamples, String declaration) {

    public SampledExpectation {
        // also refuses what is no number
        if (!(atLeastPercent > 0 && atLeastPercent <= 100)) {
            throw new PlanException(
                    "atLeastPercent = %s cannot fail, or always fails (PU0907): give a number above 0, and at most 100."
                            .formatted(atLeastPercent));
        }
        if (minSamples < 1) {
            throw new PlanException(
                    "minSamples = %d would accept no samples at all (PU0908): give 1 or more.".formatted(minSamples));
        }
    }

    /** What finds the function; it is never armed. */
    public ProbeRequest request() {
        return new ProbeRequest(function, List.of(), declaration);
    }

    /** What is expected, in words. */
    public String expected() {
        return "%s in at least %s %% of the samples".formatted(function.describe(), number(atLeastPercent));
    }

    private static String number(double value) {
        return value == Math.rint(value) ? "%.0f".formatted(value) : String.valueOf(value);
    }
}
