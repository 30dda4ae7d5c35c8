package io.probeunit.internal.engine.stap;

import io.probeunit.internal.concurrent.Deadline;
import io.probeunit.internal.concurrent.Interrupts;
import io.probeunit.internal.engine.Demand;
import io.probeunit.internal.engine.Engine;
import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.engine.FiringSink;
import io.probeunit.internal.engine.PreflightResult;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.Session;
import io.probeunit.internal.engine.SessionRequest;
import io.probeunit.internal.host.Cpus;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.ProcessName;
import io.probeunit.internal.host.Tool;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Arms probes with SystemTap's BPF runtime, on one host. Thread-safe. */
public final class StapEngine implements Engine {

    static final String NAME = "stap";

    private static final Duration CLEAN_UP = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(1);

    private final Host host;
    private final Host machine;
    private final StapSettings settings;
    private final ObjectCache objects = new ObjectCache();
    private final AtomicBoolean swept = new AtomicBoolean();

    /** One for all sessions, which have an output each: so the same probes make the same script. */
    private final Nonce nonce = Nonce.random();

    /**
     * Creates the engine; nothing is started yet.
     *
     * @param host where SystemTap runs
     * @param machine that of this JVM, which cleans up after a host that has ended, if it has the same kernel
     * @param settings how SystemTap is called
     */
    public StapEngine(Host host, Host machine, StapSettings settings) {
        this.host = host;
        this.machine = machine;
        this.settings = settings;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public PreflightResult preflight() {
        return new StapPreflight(host, settings).check();
    }

    @Override
    public Optional<String> refusal(ProbePoint point) {
        return PointReading.refusal(point);
    }

    @Override
    public Optional<String> refusal(List<ProbePoint> points) {
        return tooMany(points, Cpus.possible(host.files()));
    }

    @Override
    public Optional<String> weakness(Demand demand) {
        return Weaknesses.of(demand);
    }

    private static Optional<String> tooMany(List<ProbePoint> points, int cpus) {
        int most = MapLayout.mostPoints(cpus);
        return points.size() <= most
                ? Optional.empty()
                : Optional.of("%d probe points are more than SystemTap's BPF runtime can count (PU1076); at most %d"
                        .formatted(points.size(), most));
    }

    @Override
    public Session open(SessionRequest request, FiringSink sink) {
        int cpus = Cpus.possible(host.files());
        tooMany(request.points(), cpus).ifPresent(reason -> {
            throw new EngineException(reason + ".");
        });
        refuseUnservable(request);
        return Interrupts.orThrow(
                e -> new EngineException("Interrupted while arming probes with SystemTap (PU1115).", e),
                () -> compileAndArm(request, cpus, sink));
    }

    private Session compileAndArm(SessionRequest request, int cpus, FiringSink sink) throws InterruptedException {
        sweep();
        SessionFolder folder = SessionFolder.create(host, ProcessName.ofThisJvm(host.files()));
        Optional<MapLayout> compiled = Optional.empty();
        try {
            compiled = Optional.of(compile(request, cpus, folder));
        } finally {
            if (compiled.isEmpty()) {
                host.files().delete(folder.path());
            }
        }
        return arm(request, compiled.get(), sink, folder);
    }

    /** No name comes into a script that was not looked at, and no number that SystemTap would cut to 32 bits. */
    private void refuseUnservable(SessionRequest request) {
        long cgroup = Math.max(
                request.target().cgroup().id(), request.target().tools().orElse(0));
        if (cgroup > Integer.MAX_VALUE) {
            throw new EngineException(
                    "The cgroup of target %s has the number %d, which is too large for SystemTap's BPF runtime (PU1108); reboot, or use another engine."
                            .formatted(request.target().name(), cgroup));
        }
        for (ProbePoint point : request.points()) {
            PointReading.refusal(point).ifPresent(reason -> {
                throw new EngineException("SystemTap cannot serve %s (PU1109): %s.".formatted(point.name(), reason));
            });
        }
    }

    /** Where SystemTap has no room to judge by all that is asked for, it judges by less. */
    private MapLayout compile(SessionRequest request, int cpus, SessionFolder folder) throws InterruptedException {
        List<ProbePoint> points = request.points();
        Iterator<Judging> attempts = Judging.attempts(points, MapLayout.mostFilters(points.size(), cpus))
                .iterator();
        while (true) {
            MapLayout layout = new MapLayout(attempts.next(), cpus);
            try {
                compile(request, layout, folder);
                return layout;
            } catch (EngineException e) {
                if (!layout.judging().isToBlame(e)) {
                    throw e;
                }
            }
        }
    }

    private void compile(SessionRequest request, MapLayout layout, SessionFolder folder) throws InterruptedException {
        PlaceNames names = PlaceNames.of(request.points(), folder);
        String key = BpfScript.write(request, layout, nonce, names) + CompiledProbes.describe(request.points());
        Optional<byte[]> known = objects.find(key);
        if (known.isPresent()) {
            host.files().write(folder.object(), known.get());
            return;
        }
        BuildTree.create(host, folder.tree());
        Compilation compilation = new Compilation(
                host,
                new Compiler(host, settings),
                folder,
                request.points(),
                layout.judging(),
                n -> BpfScript.write(request, layout, nonce, n));
        PlaceNames compiled = compilation.run(names);
        compiled.replace(host.files());
        if (compiled.standIns().isEmpty()) {
            objects.keep(key, host.files().bytes(folder.object()));
        }
    }

    private Session arm(SessionRequest request, MapLayout layout, FiringSink sink, SessionFolder folder)
            throws InterruptedException {
        StapbpfProcess process =
                new StapbpfProcess(host, machine, folder, nonce, CompiledProbes.count(request.points()));
        process.start(settings.environment());
        boolean armed = false;
        try {
            if (!process.awaitBegun(settings.armTimeout())) {
                throw new EngineException(notArmed(process));
            }
            StapSession session = new StapSession(host, request, layout, nonce, sink, process, fifos(folder, process));
            armed = true;
            return session;
        } finally {
            if (!armed) {
                process.stop();
                awaitCleaned(process);
            }
        }
    }

    private String notArmed(StapbpfProcess process) {
        String what = process.isAlive()
                ? "SystemTap did not arm the probes within %s (probeunit.arm.timeout)."
                        .formatted(Tool.words(settings.armTimeout()))
                : "SystemTap ended before it had armed the probes.";
        return what + " " + process.story() + advice(process.story());
    }

    /** The FIFOs are made after the first record is printed. */
    private String fifos(SessionFolder folder, StapbpfProcess process) throws InterruptedException {
        StapLeftovers names = new StapLeftovers(host);
        boolean made = Deadline.after(settings.armTimeout())
                .poll(
                        PAUSE,
                        () -> !process.isAlive()
                                || names.fifoFolder(folder)
                                        .filter(f -> host.files().exists(f + "/" + BpfScript.COUNTS)
                                                && host.files().exists(f + "/" + BpfScript.CREDIT))
                                        .isPresent());
        if (!made) {
            throw new EngineException("SystemTap did not make its FIFOs (PU1104). " + process.story());
        }
        return names.fifoFolder(folder)
                .orElseThrow(() -> new EngineException("SystemTap ended while it armed (PU1103). " + process.story()));
    }

    /** Another run leaves folders; a container may end during this run. */
    private void sweep() throws InterruptedException {
        StapLeftovers leftovers = new StapLeftovers(host);
        if (swept.compareAndSet(false, true)) {
            leftovers.sweep();
        }
        leftovers.removeAbandonedEvents();
    }

    private static void awaitCleaned(StapbpfProcess process) {
        Deadline deadline = Deadline.after(CLEAN_UP);
        Interrupts.defer(() -> process.awaitCleaned(deadline.left()));
    }

    private String advice(String story) {
        return story.contains("could not increase map resource limit (PU1105)")
                ? " This process may not raise RLIMIT_MEMLOCK (it lacks CAP_SYS_RESOURCE). " + MemoryLock.cure(settings)
                : "";
    }
}
