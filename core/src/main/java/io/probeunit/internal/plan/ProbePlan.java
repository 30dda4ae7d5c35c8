package io.probeunit.internal.plan;

import java.util.List;
import java.util.stream.Stream;

/**
 * All that one test asks for.
 *
 * @param probes points to record
 * @param expectations points to record and to check, in the order declared
 * @param orders names that must have fired one after the other; all of them are probed by the rest of the plan
 */
public record ProbePlan(List<ProbeRequest> probes, List<Expectation> expectations, List<ExpectedOrder> orders) {

    /** Keeps copies of the lists. */
    public ProbePlan {
        probes = List.copyOf(probes);
        expectations = List.copyOf(expectations);
        orders = List.copyOf(orders);
    }

    /**
     * A plan without orders.
     *
     * @param probes points to record
     * @param expectations points to record and to check, in the order declared
     */
    public ProbePlan(List<ProbeRequest> probes, List<Expectation> expectations) {
        this(probes, expectations, List.of());
    }

    /**
     * Everything to be recorded.
     *
     * @return the probes, then those of the expectations
     */
    public List<ProbeRequest> requests() {
        return Stream.concat(probes.stream(), expectations.stream().map(Expectation::probe))
                .toList();
    }
}
