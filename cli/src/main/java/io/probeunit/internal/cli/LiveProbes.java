package io.probeunit.internal.cli;

import io.probeunit.Firing;
import io.probeunit.ProbeException;
import io.probeunit.internal.arming.ArmedWindow;
import io.probeunit.internal.arming.TestProbes;
import io.probeunit.internal.arming.TestRequest;
import io.probeunit.internal.configuration.Settings;
import io.probeunit.internal.declared.DeclaredTarget;
import io.probeunit.internal.docker.Daemon;
import io.probeunit.internal.docker.DockerContainer;
import io.probeunit.internal.engine.EngineChoice;
import io.probeunit.internal.engine.EngineSelection;
import io.probeunit.internal.hosts.HostChoice;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.plan.ProbePlan;
import io.probeunit.internal.plan.ProbeRequest;
import io.probeunit.internal.recording.ObservedFirings;
import io.probeunit.internal.recording.ProbeWindow;
import io.probeunit.internal.recording.ProbedRecording;
import io.probeunit.internal.recording.Summary;
import io.probeunit.internal.run.RunScope;
import io.probeunit.internal.sessions.FailedEngines;
import io.probeunit.internal.sessions.SessionPool;
import io.probeunit.internal.targets.ContainerStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Probes as a test arms them: one window, which is open until the command ends. */
final class LiveProbes implements Live {

    private static final String NAME = "probeunit watch";

    private final RunScope run;
    private final SessionPool pool;
    private final ProbeWindow window;
    private final ArmedWindow armed;
    private final List<WatchedPoint> points;
    private final DockerContainer container;
    private final String story;

    private LiveProbes(
            RunScope run,
            SessionPool pool,
            ProbeWindow window,
            ArmedWindow armed,
            List<WatchedPoint> points,
            DockerContainer container,
            String story) {
        this.run = run;
        this.pool = pool;
        this.window = window;
        this.armed = armed;
        this.points = List.copyOf(points);
        this.container = container;
        this.story = story;
    }

    /**
     * Arms probes.
     *
     * @param its the container's name and id
     * @param container as {@link DockerContainer#of} knows it
     * @throws ProbeException if the container does not run, a point is not there, or no engine can arm them
     * @throws io.probeunit.internal.plan.PlanException if something is not understood
     */
    static Live open(Daemon.Listed its, Object container, List<WatchedPoint> points, Settings settings) {
        DeclaredTarget target = new DeclaredTarget(
                its.name(),
                new BinarySelector.TargetDefault(),
                its.id(),
                "container " + its.name(),
                false,
                () -> Optional.of(container));
        Map<ProbeRequest, DeclaredTarget> targets = new LinkedHashMap<>();
        points.forEach(point -> targets.put(point.request(), target));
        ProbePlan plan = new ProbePlan(List.copyOf(targets.keySet()), List.of());
        RunScope run = RunScope.real();
        SessionPool pool = new SessionPool(run.closing(), run.progress());
        ProbeWindow window = new ProbeWindow(plan, List.of(its.name()));
        try {
            FailedEngines.ForTest failed = new FailedEngines().forTest();
            HostChoice.Taken<ArmedWindow> taken = TestProbes.arm(
                    run.registry().probing(settings),
                    failed,
                    probing -> new TestProbes(
                                    new TestRequest(
                                            NAME, plan, settings, probing, Set.of(), targets, other -> List.of()),
                                    pool,
                                    run.turns(),
                                    failed,
                                    run.progress())
                            .open(window));
            return new LiveProbes(
                    run,
                    pool,
                    window,
                    taken.result(),
                    points,
                    DockerContainer.of(container).orElseThrow(),
                    "container %s (%.12s), engine %s on host %s"
                            .formatted(
                                    its.name(),
                                    its.id(),
                                    taken.result()
                                            .engine()
                                            .map(EngineSelection.Chosen::engine)
                                            .map(engine -> EngineChoice.of(engine.name())
                                                    .toString())
                                            .orElse("?"),
                                    taken.host().toUpperCase(Locale.ROOT)));
        } catch (RuntimeException | Error e) {
            close(pool, run);
            throw e;
        }
    }

    @Override
    public String story() {
        return story;
    }

    @Override
    public Look look() {
        ProbedRecording recording = window.recording();
        List<Count> counts = new ArrayList<>();
        Set<Firing> firings = new LinkedHashSet<>();
        for (WatchedPoint point : points) {
            counts.add(new Count(point.label(), point.in(recording).observe()));
        }
        points.forEach(point -> firings.addAll(known(point.in(recording))));
        Summary summary = recording.summary();
        return new Look(
                counts,
                firings.stream().sorted(Comparator.comparingLong(Firing::nanos)).toList(),
                summary,
                Stream.concat(armed.notes().stream(), summary.notes().stream())
                        .distinct()
                        .toList());
    }

    /** Of a lost session, the counts are told with their doubts, and firings no more. */
    private static List<Firing> known(ObservedFirings firings) {
        try {
            return firings.list();
        } catch (ProbeException lost) {
            return List.of();
        }
    }

    @Override
    public boolean isRunning() {
        return container.status().filter(ContainerStatus::isRunning).isPresent();
    }

    @Override
    public Look end() {
        window.freeze();
        return look();
    }

    /** The probes first, and then what they were armed with. */
    @Override
    public void close() {
        try {
            window.close();
        } finally {
            armed.close();
            close(pool, run);
        }
    }

    private static void close(SessionPool pool, RunScope run) {
        try {
            pool.close();
        } finally {
            run.close();
        }
    }
}
