package io.probeunit.internal.arming;

import io.probeunit.ProbeException;
import io.probeunit.internal.binary.Semaphore;
import io.probeunit.internal.configuration.Settings;
import io.probeunit.internal.docker.CreatedContainer;
import io.probeunit.internal.engine.Demand;
import io.probeunit.internal.engine.Engine;
import io.probeunit.internal.engine.EngineSelection;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.Resolved;
import io.probeunit.internal.engine.SessionRequest;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.hosts.HostChoice;
import io.probeunit.internal.hosts.HostEngines;
import io.probeunit.internal.hosts.Points;
import io.probeunit.internal.hosts.ProbingHosts;
import io.probeunit.internal.hosts.UnavailableException;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.plan.ProbePlan;
import io.probeunit.internal.plan.ProbeRequest;
import io.probeunit.internal.recording.ProbeWindow;
import io.probeunit.internal.recording.RecordedProbe;
import io.probeunit.internal.recording.SessionRecorder;
import io.probeunit.internal.sessions.ClosingSessions;
import io.probeunit.internal.sessions.UnitedPoints;
import io.probeunit.internal.targets.NotStarted;
import io.probeunit.internal.targets.Target;
import io.probeunit.internal.targets.TargetFile;
import io.probeunit.internal.targets.TargetFiles;
import io.probeunit.internal.targets.UnitedLayers;
import io.probeunit.internal.watch.LayersWatch;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Arms probes in a container that was created and has not started, in the files that it is going to run.
 *
 * @param name of the target
 * @param defaultBinary what is meant where an annotation names no binary
 * @param plan what is asked of this target
 * @param settings how it is probed
 * @param hosts from where it may be probed
 * @param closing takes sessions when they are over
 */
public record StartProbes(
        String name,
        BinarySelector defaultBinary,
        ProbePlan plan,
        Settings settings,
        HostChoice<ProbingHosts> hosts,
        ClosingSessions closing) {

    /**
     * Arms the probes, and opens the window. When this returns, every call counts from the first instruction on.
     *
     * @throws UnavailableException if no engine can work here
     * @throws ProbeException if the points are refused or not there, or could not be armed
     */
    public ArmedStart arm(CreatedContainer container) {
        HostChoice.Taken<ArmedStart> taken = hosts.first(probing -> armOn(probing, container));
        return taken.result().passedOver(taken.passedOver());
    }

    private ArmedStart armOn(ProbingHosts probing, CreatedContainer container) {
        HostEngines hostEngines = probing.common()
                .orElseThrow(() -> new ProbeException(
                        "Target %s cannot be probed from host %s before it starts, since that host is the container itself (PU1713). Set the host to LOCAL, SIDECAR or AUTO for window = STARTUP."
                                .formatted(name, probing.hostName())));
        chosen(hostEngines, List.of());
        Host host = hostEngines.host();
        try (UnitedLayers layers = UnitedLayers.of(host, name, container.layers())) {
            Target target = target(container, layers);
            Map<ProbeRequest, Resolved> found = find(hostEngines.points().now(), target);
            EngineSelection.Chosen chosen = chosen(
                    hostEngines,
                    found.entrySet().stream()
                            .map(e -> new EngineSelection.Wanted(
                                    e.getKey().declaration(), name, e.getValue().points()))
                            .toList());
            SessionRecorder recorder = SessionRecorder.open(
                    chosen.engine(),
                    host,
                    new SessionRequest(target, united(found), settings.details()),
                    new LayersWatch(armed(found), selector -> now(host, container, selector)),
                    hostEngines.semaphores());
            return open(recorder, found, chosen, host);
        }
    }

    private ArmedStart open(
            SessionRecorder recorder, Map<ProbeRequest, Resolved> found, EngineSelection.Chosen chosen, Host host) {
        ProbeWindow window = new ProbeWindow(plan, List.of(name));
        try {
            window.open(plan.requests().stream()
                    .map(request ->
                            recorded(request, recorder, found.get(request).points()))
                    .toList());
        } catch (RuntimeException | Error e) {
            closing.add(recorder);
            throw e;
        }
        return new ArmedStart(
                window,
                recorder,
                chosen,
                host,
                List.of(),
                found.values().stream()
                        .flatMap(resolved -> resolved.notes().stream())
                        .distinct()
                        .toList(),
                closing);
    }

    private static RecordedProbe recorded(ProbeRequest request, SessionRecorder recorder, List<ProbePoint> points) {
        return new RecordedProbe(
                request,
                recorder,
                points.stream()
                        .map(point -> recorder.indexOf(point).orElseThrow())
                        .distinct()
                        .toList());
    }

    private static List<ProbePoint> united(Map<ProbeRequest, Resolved> found) {
        return UnitedPoints.of(found.values().stream()
                        .flatMap(resolved -> resolved.points().stream())
                        .toList())
                .list();
    }

    private Map<BinarySelector, TargetFile> armed(Map<ProbeRequest, Resolved> found) {
        Map<BinarySelector, TargetFile> armed = new LinkedHashMap<>();
        found.forEach((request, resolved) ->
                armed.put(request.point().binary(), resolved.points().get(0).file()));
        return armed;
    }

    private TargetFile now(Host host, CreatedContainer container, BinarySelector selector) {
        try (UnitedLayers layers = UnitedLayers.of(host, name, container.layers())) {
            return new TargetFiles(host).find(target(container, layers), selector);
        }
    }

    private Target target(CreatedContainer container, UnitedLayers layers) {
        return Target.created(
                name,
                container.id(),
                binary(container),
                new NotStarted(layers.root(), container.searchPath(), container.mounts()));
    }

    /** What no annotation names is the program that the daemon starts. */
    private BinarySelector binary(CreatedContainer container) {
        if (!(defaultBinary instanceof BinarySelector.TargetDefault)) {
            return defaultBinary;
        }
        String program = container.program();
        if (program.isEmpty() || program.contains("/") && !program.startsWith("/")) {
            throw new ProbeException(
                    "The program of target %s is '%s', which says not which file it is (PU1714). Name the binary in the annotations or in @Probed."
                            .formatted(name, program));
        }
        return BinarySelector.parse(program);
    }

    private Map<ProbeRequest, Resolved> find(Points points, Target target) {
        Map<ProbeRequest, Resolved> found = new LinkedHashMap<>();
        Set<String> problems = new LinkedHashSet<>();
        for (ProbeRequest request : plan.requests()) {
            try {
                Resolved resolved = points.find(target, request);
                resolved.points().forEach(StartProbes::refuseUncertain);
                found.put(request, resolved);
            } catch (ProbeException e) {
                String message = String.valueOf(e.getMessage());
                problems.add(
                        message.startsWith(request.declaration()) ? message : request.declaration() + ": " + message);
            }
        }
        if (!problems.isEmpty()) {
            throw new ProbeException(String.join("\n", problems));
        }
        return found;
    }

    /** While a program starts, nobody can look whether the semaphore in its memory is the one that is raised. */
    private static void refuseUncertain(ProbePoint point) {
        if (point instanceof ProbePoint.UsdtMark mark
                && mark.mark().sites().stream()
                        .anyMatch(site ->
                                site.semaphore().filter(Semaphore::mappedBefore).isPresent())) {
            throw new ProbeException(
                    "the mark %s is passed only while its semaphore is above 0, and in this file the kernel may raise another place than the program reads (PU1715); that cannot be checked before the container starts. Probe it in a window that begins when the container runs, or probe a function."
                            .formatted(point.name()));
        }
    }

    private EngineSelection.Chosen chosen(HostEngines hostEngines, List<EngineSelection.Wanted> wanted) {
        List<Engine> engines = hostEngines.engines(settings.engine());
        Map<Engine, String> refused = new LinkedHashMap<>();
        engines.forEach(engine -> engine.refusalBeforeStart().ifPresent(reason -> refused.put(engine, reason)));
        if (refused.size() == engines.size()) {
            throw new ProbeException(
                    "No engine that may be taken can count target %s from its first instruction on (PU1703):%n%s%nUse engine UPROBE, or AUTO, which then takes it."
                            .formatted(
                                    name,
                                    refused.entrySet().stream()
                                            .map(e -> e.getKey().name() + ": " + e.getValue())
                                            .collect(Collectors.joining("\n"))));
        }
        EngineSelection selection =
                EngineSelection.of(engines, hostEngines::preflight, refused, wanted, Demand.UNKNOWN);
        if (selection instanceof EngineSelection.None none) {
            throw none.refused() ? new ProbeException(none.message()) : new UnavailableException(none.message());
        }
        return (EngineSelection.Chosen) selection;
    }
}
