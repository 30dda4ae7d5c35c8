package io.probeunit.internal.arming;

import io.probeunit.internal.coverage.CoveragePoint;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.Resolved;
import io.probeunit.internal.plan.MarkSpec;
import io.probeunit.internal.plan.ProbeRequest;
import io.probeunit.internal.targets.TargetFile;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The files of a test's coverage, and what of them cannot be counted. */
public final class CountedFiles {

    private final Map<CoveragePoint.File, String> builds = new LinkedHashMap<>();
    private final Map<ProbeRequest, Map<CoveragePoint, String>> leftOut = new LinkedHashMap<>();

    /**
     * Adds what a request was resolved to.
     *
     * @param build what distinguishes the build of a file
     */
    void add(String container, ProbeRequest request, Resolved resolved, Function<TargetFile, String> build) {
        resolved.points().stream()
                .map(ProbePoint::file)
                .distinct()
                .forEach(file -> builds.put(new CoveragePoint.File(container, file.path()), build.apply(file)));
        CoveragePoint.File first = new CoveragePoint.File(
                container, resolved.points().get(0).file().path());
        Map<CoveragePoint, String> its = new LinkedHashMap<>();
        resolved.leftOut()
                .forEach(left -> its.putIfAbsent(
                        new CoveragePoint(first, request.point() instanceof MarkSpec, left.name()), left.reason()));
        leftOut.put(request, its);
    }

    public Map<CoveragePoint.File, String> builds() {
        return builds;
    }

    /** By the request that matches it. */
    public Map<ProbeRequest, Map<CoveragePoint, String>> leftOut() {
        return leftOut;
    }
}
