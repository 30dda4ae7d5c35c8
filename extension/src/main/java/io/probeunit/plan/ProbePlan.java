package io.probeunit.plan;

import java.util.List;
import java.util.stream.Stream;

/**
 * All that one test asks for.
 *
 * @param probes points to record
 * @param expectations points to record and to check, in the order declared
 */
public record ProbePlan(List<ProbeRequest> probes, List<Expectation> expectations) {

    /** Keeps copies of the lists. */
    public ProbePlan {
        probes = List.copyOf(probes);
        expectations = List.copyOf(expectations);
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
