package io.probeunit.internal.sessions;

import io.probeunit.internal.engine.Engine;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.hosts.HostEngines;
import io.probeunit.internal.plan.FunctionSpec;
import io.probeunit.internal.plan.ProbeRequest;
import io.probeunit.internal.targets.Target;
import io.probeunit.internal.targets.TargetFile;
import io.probeunit.internal.watch.TargetWatch;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The points of one test in one target, for one session: either returns, or a coverage, or all other points.
 *
 * @param kind which of these
 * @param target as it is now
 * @param watch tells whether it stays so
 * @param engine arms the probes
 * @param hostEngines where, and how points are found
 * @param own what the test's own annotations ask for, with the points found, which hold the slots needed
 * @param others what other tests of the class ask for on this target, to be armed with it
 * @param details of how many firings a point keeps details in each window
 */
public record SessionJob(
        Kind kind,
        Target target,
        TargetWatch watch,
        Engine engine,
        HostEngines hostEngines,
        Map<ProbeRequest, List<ProbePoint>> own,
        Supplier<Collection<ProbeRequest>> others,
        int details) {

    /** What a session is for; each has one of its own. */
    public enum Kind {
        /** Entries of functions, and marks, of all tests of the class. */
        ENTRIES,
        /** Returns, which change the stack of a program: for the window of a test. */
        RETURNS,
        /** Points that are counted in all tests of the class, without details. */
        COVERAGE
    }

    /** Whether a request is about returns. */
    public static boolean isReturn(ProbeRequest request) {
        return request.point() instanceof FunctionSpec function && function.onReturn();
    }

    /** How it is probed, for people. */
    String way() {
        return "engine %s, host %s".formatted(engine.name(), hostEngines.host().name());
    }

    static String points(int count) {
        return count == 1 ? "1 point" : count + " points";
    }

    List<ProbePoint> ownPoints() {
        return own.values().stream().flatMap(List::stream).toList();
    }

    /** The file of the test's own points for which no binary is named. */
    Optional<TargetFile> main() {
        return own.entrySet().stream()
                .flatMap(e -> main(e.getKey(), e.getValue()).stream())
                .findFirst();
    }

    /** The file of a request's points, if the request names no binary. */
    Optional<TargetFile> main(ProbeRequest request, List<ProbePoint> points) {
        return target.isMain(request.point().binary())
                ? points.stream().map(ProbePoint::file).findFirst()
                : Optional.empty();
    }
}
