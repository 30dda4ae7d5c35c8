package io.probeunit.internal.arming;

import io.probeunit.ProbeException;
import io.probeunit.annotations.ProbeSettings;
import io.probeunit.internal.declared.DeclaredTarget;
import io.probeunit.internal.engine.Demand;
import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.engine.EngineSelection;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.Resolved;
import io.probeunit.internal.host.HostException;
import io.probeunit.internal.hosts.Containers;
import io.probeunit.internal.hosts.HostChoice;
import io.probeunit.internal.hosts.HostEngines;
import io.probeunit.internal.hosts.NotArmedException;
import io.probeunit.internal.hosts.Points;
import io.probeunit.internal.hosts.ProbingHosts;
import io.probeunit.internal.hosts.UnavailableException;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.plan.ProbeRequest;
import io.probeunit.internal.progress.Progress;
import io.probeunit.internal.recording.CaptureTypes;
import io.probeunit.internal.recording.DeclaredTypes;
import io.probeunit.internal.recording.ProbeWindow;
import io.probeunit.internal.recording.RecordedProbe;
import io.probeunit.internal.sessions.FailedEngines;
import io.probeunit.internal.sessions.SessionJob;
import io.probeunit.internal.sessions.SessionPool;
import io.probeunit.internal.sessions.Turns;
import io.probeunit.internal.targets.ContainerOutOfReachException;
import io.probeunit.internal.targets.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Opens the window of one test: from its annotations to armed probes. */
public final class TestProbes {

    /** A target as it is now, the test's object that it was looked up by, and what there is to probe it with. */
    private record Running(Target target, Object container, HostEngines hostEngines) {
        boolean isSame() {
            return hostEngines.containers().isSame(target);
        }
    }

    /** How containers are looked up. */
    private interface Look {
        Target at(Containers containers, String name, Object container, BinarySelector defaultBinary);
    }

    private final TestRequest test;
    private final SessionPool pool;
    private final Turns turns;
    private final FailedEngines.ForTest failed;
    private final Progress progress;

    public TestProbes(
            TestRequest test, SessionPool pool, Turns turns, FailedEngines.ForTest failed, Progress progress) {
        this.progress = progress;
        this.test = test;
        this.pool = pool;
        this.turns = turns;
        this.failed = failed;
    }

    /**
     * Waits for the test's turn at its containers, and arms what is not armed.
     *
     * @param window is open when this returns
     * @return what must be closed after the window
     * @throws UnavailableException if no engine can work here
     * @throws NotArmedException if any may be taken, and those that can work could not arm the probes
     * @throws ProbeException if those that can work refuse the points, a container does not run, a point is not there, or
     *     the engine that is named could not arm the probes
     */
    public ArmedWindow open(ProbeWindow window) {
        test.probing().common().ifPresent(hostEngines -> chosen(hostEngines, List.of(), Demand.UNKNOWN));
        Map<DeclaredTarget, Running> found = lookUp(Containers::remembered);
        ArmedWindow armed = new ArmedWindow(
                progress.during(
                        test.name() + " waits for its turn at a container that another test probes",
                        () -> turns.take(ids(found), test.name())),
                pool);
        try {
            // while it waited, another test may have restarted a container, or made it anew
            Map<DeclaredTarget, Running> now = isSame(found) ? found : lookUp(Containers::target);
            if (!ids(now).equals(ids(found))) {
                armed.close();
                return open(window);
            }
            arm(now, window, armed);
            return armed;
        } catch (RuntimeException | Error e) {
            armed.close();
            throw e;
        }
    }

    /**
     * Arms a test from the first host that can. Engines that failed at another test of the class are asked when no other is
     * left, on any host.
     *
     * @throws UnavailableException if no host can be used
     * @throws NotArmedException if one can be used, and its engines could not arm the probes
     */
    public static HostChoice.Taken<ArmedWindow> arm(
            HostChoice<ProbingHosts> hosts, FailedEngines.ForTest failed, Function<ProbingHosts, ArmedWindow> armOnce) {
        try {
            return hosts.first(armOnce);
        } catch (NotArmedException e) {
            if (!failed.letInAgain()) {
                throw e;
            }
            return hosts.first(armOnce);
        }
    }

    private Map<DeclaredTarget, Running> lookUp(Look look) {
        Map<DeclaredTarget, Running> found = new LinkedHashMap<>();
        test.byTarget().keySet().forEach(declared -> found.put(declared, lookUp(declared, look)));
        return found;
    }

    private boolean isSame(Map<DeclaredTarget, Running> found) {
        return found.values().stream().allMatch(Running::isSame);
    }

    private static Set<String> ids(Map<DeclaredTarget, Running> found) {
        return found.values().stream().map(r -> r.target().containerId()).collect(Collectors.toSet());
    }

    private void arm(Map<DeclaredTarget, Running> found, ProbeWindow window, ArmedWindow armed) {
        Map<ProbeRequest, List<ProbePoint>> points =
                progress.during("looking up the points of " + test.name(), () -> points(found, armed));
        boolean done = false;
        while (!done) {
            Map<HostEngines, EngineSelection.Chosen> choices = choices(found, points);
            choices.values().stream().findFirst().ifPresent(armed::engine);
            try {
                open(window, () -> acquire(found, points, choices, armed), armed);
                done = true;
            } catch (EngineException | HostException e) {
                passOver(choices.values(), e, found, armed);
            }
        }
    }

    /** What each host's targets are probed with; it is the same engine wherever a test has several hosts. */
    private Map<HostEngines, EngineSelection.Chosen> choices(
            Map<DeclaredTarget, Running> found, Map<ProbeRequest, List<ProbePoint>> points) {
        Map<HostEngines, List<EngineSelection.Wanted>> wanted = new LinkedHashMap<>();
        points.forEach((request, its) -> {
            DeclaredTarget target = require(test.targets(), request);
            wanted.computeIfAbsent(require(found, target).hostEngines(), e -> new ArrayList<>())
                    .add(new EngineSelection.Wanted(
                            request.declaration(), target.name(), its, test.kind(request) == SessionJob.Kind.COVERAGE));
        });
        Map<HostEngines, EngineSelection.Chosen> choices = new LinkedHashMap<>();
        // an engine that is named is taken whatever is asked for
        Demand demand = test.settings().engine().isAuto() ? demand(points) : Demand.UNKNOWN;
        wanted.forEach((hostEngines, its) -> choices.put(hostEngines, chosen(hostEngines, its, demand)));
        return choices;
    }

    /** Points of other tests are looked for when they are armed; each of these asks for one at least. */
    private Demand demand(Map<ProbeRequest, List<ProbePoint>> points) {
        List<ProbeRequest> ofClass = test.byTarget().entrySet().stream()
                .filter(target -> target.getValue().stream().noneMatch(SessionJob::isReturn))
                .flatMap(target -> others(target.getKey()).stream())
                .toList();
        long own = points.values().stream()
                .flatMap(List::stream)
                .map(ProbePoint::bare)
                .distinct()
                .count();
        return new Demand(
                Stream.concat(points.keySet().stream(), ofClass.stream()).toList(),
                test.plan().expectations(),
                Math.max((int) own, ofClass.size()));
    }

    private void open(ProbeWindow window, Supplier<Map<ProbeRequest, RecordedProbe>> probes, ArmedWindow armed) {
        try {
            open(window, probes.get(), armed);
        } catch (EngineException e) {
            if (armed.isAlive()) {
                throw e;
            }
            // a session may have died since it was asked, so once more: what died is replaced
            open(window, probes.get(), armed);
        }
    }

    /** That of the coverage around the test's own. */
    private void open(ProbeWindow window, Map<ProbeRequest, RecordedProbe> probes, ArmedWindow armed) {
        Optional<CoverageWindow> coverage = Optional.of(test.coverage())
                .filter(requests -> !requests.isEmpty())
                .map(requests -> CoverageWindow.open(
                        requests.stream().map(r -> require(probes, r)).toList()));
        try {
            window.open(
                    test.plan().requests().stream().map(r -> require(probes, r)).toList());
        } catch (RuntimeException | Error e) {
            coverage.ifPresent(CoverageWindow::close);
            throw e;
        }
        coverage.ifPresent(armed::coverage);
    }

    /**
     * Goes on without an engine that could not arm the probes, where another one may be able to.
     *
     * @throws RuntimeException the failure itself if the engine was named, if there are several hosts, which have no other, or
     *     if it is no matter of the engine
     */
    private void passOver(
            Collection<EngineSelection.Chosen> choices,
            RuntimeException failure,
            Map<DeclaredTarget, Running> found,
            ArmedWindow armed) {
        if (!test.settings().engine().isAuto()
                || choices.size() > 1
                || Thread.currentThread().isInterrupted()
                || !isSame(found)) {
            throw failure;
        }
        armed.discardSessions();
        choices.forEach(choice -> failed.add(
                choice.engine(),
                "could not arm the probes of %s:\n    - %s"
                        .formatted(
                                test.name(),
                                String.valueOf(failure.getMessage()).replace("\n", "\n      "))));
    }

    private Map<ProbeRequest, RecordedProbe> acquire(
            Map<DeclaredTarget, Running> found,
            Map<ProbeRequest, List<ProbePoint>> points,
            Map<HostEngines, EngineSelection.Chosen> choices,
            ArmedWindow armed) {
        Map<ProbeRequest, RecordedProbe> recorded = new LinkedHashMap<>();
        test.byTarget()
                .forEach((declared, requests) -> requests.stream()
                        .collect(Collectors.groupingBy(test::kind, TreeMap::new, Collectors.toList()))
                        .forEach((kind, its) -> acquire(kind, declared, its, found, points, choices, armed, recorded)));
        return recorded;
    }

    /** Entries and marks first: their session is likely there. */
    private void acquire(
            SessionJob.Kind kind,
            DeclaredTarget declared,
            List<ProbeRequest> requests,
            Map<DeclaredTarget, Running> found,
            Map<ProbeRequest, List<ProbePoint>> points,
            Map<HostEngines, EngineSelection.Chosen> choices,
            ArmedWindow armed,
            Map<ProbeRequest, RecordedProbe> recorded) {
        Map<ProbeRequest, List<ProbePoint>> own = new LinkedHashMap<>();
        requests.forEach(r -> own.put(r, points.getOrDefault(r, List.of())));
        Running running = require(found, declared);
        HostEngines hostEngines = running.hostEngines();
        SessionJob job = new SessionJob(
                kind,
                running.target(),
                hostEngines.containers().watch(running.target(), running.container()),
                require(choices, hostEngines).engine(),
                hostEngines,
                own,
                () -> kind == SessionJob.Kind.ENTRIES ? others(declared) : List.of(),
                kind == SessionJob.Kind.COVERAGE ? 0 : test.settings().details());
        SessionPool.Armed session = armed.add(declared, job);
        own.forEach((request, its) -> recorded.put(request, recorded(request, session, its)));
    }

    /** Returns are armed for no other test. */
    private Collection<ProbeRequest> others(DeclaredTarget declared) {
        return !declared.shared()
                ? List.of()
                : test.others().apply(declared).stream()
                        .filter(request -> !SessionJob.isReturn(request))
                        .toList();
    }

    private static RecordedProbe recorded(ProbeRequest request, SessionPool.Armed session, List<ProbePoint> points) {
        return new RecordedProbe(
                request,
                session.recorder(),
                points.stream()
                        .map(p -> session.recorder().indexOf(p).orElseThrow())
                        .distinct()
                        .toList());
    }

    private EngineSelection.Chosen chosen(HostEngines hostEngines, List<EngineSelection.Wanted> wanted, Demand demand) {
        EngineSelection selection = EngineSelection.of(
                hostEngines.engines(test.settings().engine()),
                hostEngines::preflight,
                failed.reasons(),
                wanted,
                demand);
        if (selection instanceof EngineSelection.None none) {
            if (anyFailed(hostEngines)) {
                throw new NotArmedException(none.message());
            }
            // what a working engine refuses is for the test to mend, not for the machine
            throw none.refused() ? new ProbeException(none.message()) : new UnavailableException(none.message());
        }
        return (EngineSelection.Chosen) selection;
    }

    private boolean anyFailed(HostEngines hostEngines) {
        return hostEngines.engines(test.settings().engine()).stream().anyMatch(failed.reasons()::containsKey);
    }

    private Running lookUp(DeclaredTarget declared, Look look) {
        try {
            return running(declared, look);
        } catch (ContainerOutOfReachException | UnavailableException e) {
            throw e;
        } catch (ProbeException e) {
            throw test.settings().window() == ProbeSettings.Window.LIFECYCLE
                    ? new ProbeException(
                            e.getMessage()
                                    + " With window = LIFECYCLE the container must run before the first @BeforeEach method does.",
                            e)
                    : e;
        }
    }

    private Running running(DeclaredTarget declared, Look look) {
        Object value = declared.container(test.probing()::isContainer);
        HostEngines hostEngines = test.probing().at(declared.name(), value);
        if (test.probing().common().isEmpty()) {
            chosen(hostEngines, List.of(), Demand.UNKNOWN);
        }
        return new Running(
                look.at(hostEngines.containers(), declared.name(), value, declared.binary()), value, hostEngines);
    }

    private Map<ProbeRequest, List<ProbePoint>> points(Map<DeclaredTarget, Running> found, ArmedWindow armed) {
        Map<ProbeRequest, List<ProbePoint>> points = new LinkedHashMap<>();
        Map<String, List<String>> problems = new LinkedHashMap<>();
        Map<HostEngines, Points> finders = new HashMap<>();
        test.targets().forEach((request, declared) -> {
            try {
                Running running = require(found, declared);
                Points finder = finders.computeIfAbsent(
                        running.hostEngines(), e -> e.points().now());
                Resolved resolved = find(finder, declared, running.target(), request, armed);
                points.put(request, resolved.points());
                armed.notes(resolved.notes());
                armed.hints(request, () -> running.hostEngines().points().hints(running.target(), resolved.points()));
            } catch (ProbeException e) {
                addProblem(problems, request, String.valueOf(e.getMessage()));
            }
        });
        test.plan()
                .expectations()
                .forEach(e -> DeclaredTypes.problem(e, points.getOrDefault(e.probe(), List.of()))
                        .ifPresent(problem -> addProblem(problems, e.probe(), problem)));
        if (!problems.isEmpty()) {
            throw new ProbeException(problems.entrySet().stream()
                    .map(problem -> problem.getValue().isEmpty()
                            ? problem.getKey()
                            : "%s: %s".formatted(String.join("\n", problem.getValue()), problem.getKey()))
                    .collect(Collectors.joining("\n")));
        }
        refuseContradictions(points);
        return points;
    }

    private Resolved find(
            Points finder, DeclaredTarget declared, Target target, ProbeRequest request, ArmedWindow armed) {
        if (test.kind(request) != SessionJob.Kind.COVERAGE) {
            return finder.find(target, request);
        }
        Resolved resolved = finder.cover(target, request);
        armed.counted().add(declared.name(), request, resolved, file -> finder.build(target, file));
        return resolved;
    }

    /** A problem that several annotations have, such as a missing binary, is told once. */
    private static void addProblem(Map<String, List<String>> problems, ProbeRequest request, String message) {
        String declaration = request.declaration();
        if (message.startsWith(declaration + " ")) {
            problems.put(message, List.of());
            return;
        }
        String problem = message.startsWith(declaration + ": ") ? message.substring(declaration.length() + 2) : message;
        List<String> those = problems.computeIfAbsent(problem, key -> new ArrayList<>());
        if (!those.contains(declaration)) {
            those.add(declaration);
        }
    }

    private static void refuseContradictions(Map<ProbeRequest, List<ProbePoint>> points) {
        Map<ProbePoint, List<ProbeRequest>> requests = new LinkedHashMap<>();
        points.forEach((request, its) -> its.forEach(p ->
                requests.computeIfAbsent(p.bare(), key -> new ArrayList<>()).add(request)));
        requests.values().forEach(CaptureTypes::check);
    }

    private static <K, V> V require(Map<K, V> map, K key) {
        return Stream.ofNullable(map.get(key))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nothing for " + key));
    }
}
