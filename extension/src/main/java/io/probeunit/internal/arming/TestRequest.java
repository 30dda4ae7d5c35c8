package io.probeunit.internal.arming;

import io.probeunit.internal.configuration.Settings;
import io.probeunit.internal.declared.DeclaredTarget;
import io.probeunit.internal.hosts.ProbingHosts;
import io.probeunit.internal.plan.ProbePlan;
import io.probeunit.internal.plan.ProbeRequest;
import io.probeunit.internal.sessions.SessionJob;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The requests of one test, and its environment.
 *
 * @param name the test as messages call it
 * @param plan what its annotations ask for
 * @param settings how it is probed
 * @param probing from where it is probed
 * @param coverage what is counted for the class of the test, beside the plan
 * @param targets for each request of the plan and the coverage the target that is meant
 * @param others what all tests of the class ask for on a target that they share
 */
public record TestRequest(
        String name,
        ProbePlan plan,
        Settings settings,
        ProbingHosts probing,
        Set<ProbeRequest> coverage,
        Map<ProbeRequest, DeclaredTarget> targets,
        Function<DeclaredTarget, Collection<ProbeRequest>> others) {

    /** Which session a request belongs to. */
    SessionJob.Kind kind(ProbeRequest request) {
        if (coverage.contains(request)) {
            return SessionJob.Kind.COVERAGE;
        }
        return SessionJob.isReturn(request) ? SessionJob.Kind.RETURNS : SessionJob.Kind.ENTRIES;
    }

    /** The targets that are meant, each once, with what is asked of it. */
    Map<DeclaredTarget, List<ProbeRequest>> byTarget() {
        Map<DeclaredTarget, List<ProbeRequest>> byTarget = new LinkedHashMap<>();
        targets.forEach((request, target) ->
                byTarget.computeIfAbsent(target, t -> new ArrayList<>()).add(request));
        return byTarget;
    }
}
