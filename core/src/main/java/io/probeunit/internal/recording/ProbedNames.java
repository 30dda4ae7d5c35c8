package io.probeunit.internal.recording;

import io.probeunit.internal.plan.ProbePlan;
import java.util.List;

/** What a plan already probes, asked by the names that questions and orders use. */
public final class ProbedNames {

    private ProbedNames() {}

    /**
     * Says whether a name in an order stands for something that a plan probes.
     *
     * @param plan what a test asks for
     * @param name a function, a mark, or {@code FUNCTION.return}
     * @return true also where it is ambiguous
     * @throws io.probeunit.ProbeException if it is no name
     */
    public static boolean hasOrdered(ProbePlan plan, String name) {
        return OrderNames.isProbed(new PlannedStage(plan, List.of()), name);
    }
}
