package io.probeunit.conformance.plugin;

import io.probeunit.internal.binary.FunctionSymbol;
import io.probeunit.internal.concurrent.Interrupts;
import io.probeunit.internal.engine.Engine;
import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.engine.FiringSink;
import io.probeunit.internal.engine.PreflightResult;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.Session;
import io.probeunit.internal.engine.SessionRequest;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.HostException;
import io.probeunit.internal.kernel.KernelException;
import io.probeunit.internal.targets.ProcessLook;
import io.probeunit.internal.tracefs.CgroupEvents;
import io.probeunit.internal.tracefs.EventGroup;
import io.probeunit.internal.tracefs.EventLeftovers;
import io.probeunit.internal.tracefs.Tracefs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A small engine, for tests alone: a uprobe event of the kernel for each point, and perf events that count its firings by
 * the tasks of the target's cgroup. It has no details.
 */
final class CountEngine implements Engine {

    private final Host host;
    private final boolean allowed;

    CountEngine(Host host, boolean allowed) {
        this.host = host;
        this.allowed = allowed;
    }

    @Override
    public String name() {
        return "count";
    }

    @Override
    public PreflightResult preflight() {
        if (!allowed) {
            return failed("%s is not true".formatted(CountEngineProvider.ALLOWED.key()), "Set it.");
        }
        return Tracefs.of(host)
                .<PreflightResult>map(tracefs -> new PreflightResult.Passed("perf events in " + tracefs.folder()))
                .orElseGet(() -> failed("tracefs is not mounted", "Mount it."));
    }

    private static PreflightResult failed(String what, String cure) {
        return new PreflightResult.Failed(List.of(new PreflightResult.Lack(what, cure)));
    }

    @Override
    public Optional<String> refusal(ProbePoint point) {
        return point instanceof ProbePoint.Function function
                        && !function.onReturn()
                        && point.slots().isEmpty()
                        && Tracefs.accepts(point.file().hostPath())
                ? Optional.empty()
                : Optional.of("it only counts calls of functions, in files whose path has neither a blank nor '#'");
    }

    @Override
    public Session open(SessionRequest request, FiringSink sink) {
        Tracefs tracefs = Tracefs.of(host).orElseThrow();
        EventLeftovers leftovers = new EventLeftovers(host, tracefs);
        // of a JVM that was killed
        Interrupts.orStop(leftovers::sweep);
        EventGroup group = EventGroup.create(host);
        CountSession session = new CountSession(host, leftovers, group);
        try {
            tracefs.define(definitions(group, request.points()));
            String folder = new ProcessLook(host, request.target()).folder();
            for (int i = 0; i < request.points().size(); i++) {
                long id = tracefs.id(new Tracefs.Name(group.name(), event(i)));
                session.add(CgroupEvents.open(host, folder, CgroupEvents.firingsOf(id)));
            }
            return session;
        } catch (HostException | KernelException e) {
            session.close();
            throw new EngineException("The kernel refused the events of %s: %s".formatted(group, e.getMessage()), e);
        }
    }

    /** Several lines with the name of one event are its sites. */
    private static List<String> definitions(EventGroup group, List<ProbePoint> points) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            ProbePoint.Function function = (ProbePoint.Function) points.get(i);
            String place = "p:%s/%s %s"
                    .formatted(group.name(), event(i), function.file().hostPath());
            // several names of one function have one offset
            function.symbols().stream()
                    .map(FunctionSymbol::probeOffset)
                    .distinct()
                    .forEach(offset -> lines.add("%s:0x%x".formatted(place, offset)));
        }
        return lines;
    }

    private static String event(int point) {
        return "e" + point;
    }
}
