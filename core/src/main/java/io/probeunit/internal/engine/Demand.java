package io.probeunit.internal.engine;

import io.probeunit.internal.plan.Expectation;
import io.probeunit.internal.plan.ProbeRequest;
import java.util.List;

/**
 * The requests of a test and its class, to decide how well an engine serves them.
 *
 * @param requests of the test, and of all tests of the class that share a session with it; some may be there twice
 * @param expectations of the test
 * @param points how many points will be armed together, at least
 */
public record Demand(List<ProbeRequest> requests, List<Expectation> expectations, int points) {

    /** Nothing is known yet. */
    public static final Demand UNKNOWN = new Demand(List.of(), List.of(), 0);

    /** Keeps copies of the lists. */
    public Demand {
        requests = List.copyOf(requests);
        expectations = List.copyOf(expectations);
    }
}
