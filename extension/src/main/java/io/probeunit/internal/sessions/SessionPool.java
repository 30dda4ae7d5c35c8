package io.probeunit.internal.sessions;

import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.SessionRequest;
import io.probeunit.internal.host.HostFiles;
import io.probeunit.internal.hosts.Containers;
import io.probeunit.internal.hosts.Points;
import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.plan.ProbeRequest;
import io.probeunit.internal.progress.Progress;
import io.probeunit.internal.recording.SessionRecorder;
import io.probeunit.internal.targets.Target;
import io.probeunit.internal.targets.TargetFile;
import io.probeunit.internal.watch.TargetWatch;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The sessions of one top-level test class: one for each container, engine and host, armed once for all tests; and one
 * for the return probes of a test. That one exists only for the window of the test, because a return probe changes the
 * stack of the program.
 *
 * <p>Thread-safe as long as a container's sessions are asked for by the test whose turn it is.
 */
public final class SessionPool implements AutoCloseable {

    private record Key(String target, String containerId, String engine, String host, SessionJob.Kind kind) {}

    /**
     * A session that is ready for a window.
     *
     * @param recorder records it
     * @param notes what is worth a line in the report
     */
    public record Armed(SessionRecorder recorder, List<String> notes) {}

    /** One session and those that replace it. */
    private static final class Entry {
        private final Set<ProbeRequest> wanted = new LinkedHashSet<>();
        private Optional<SessionRecorder> recorder = Optional.empty();
        private ArmedFiles files = ArmedFiles.of(List.of());
        private Optional<SessionWatch> sessionWatch = Optional.empty();
        private Optional<Target> target = Optional.empty();
        /** Those of the host that the target was looked up on. */
        private Optional<Containers> containers = Optional.empty();

        private final SessionJob.Kind kind;
        private boolean endsWithTarget;
        private Supplier<Optional<Doubt>> main = Optional::empty;
        private boolean ownOnly;
        /** Guarded by the pool. */
        private boolean inUse;

        private Entry(SessionJob.Kind kind) {
            this.kind = kind;
            // a coverage is what its class asks for, and no test adds to it
            ownOnly = kind == SessionJob.Kind.COVERAGE;
        }
    }

    /** Taking probes away takes about 0.1 s each with SystemTap. */
    private static final Duration LAST_WORK = Duration.ofSeconds(60);

    private final Map<Key, Entry> entries = new HashMap<>();
    private final ClosingSessions closing;
    private final Progress progress;
    private final Armings armings = new Armings();

    public SessionPool(ClosingSessions closing, Progress progress) {
        this.closing = closing;
        this.progress = progress;
    }

    /** What it has armed until now. */
    public Armings armings() {
        return armings;
    }

    /**
     * Hands out the session for a target: the one that is there if the container is the same, the session is alive, and
     * the points are armed; else a new one. When it returns, no return is armed that another window wanted.
     *
     * @throws EngineException if it could not be armed
     */
    public Armed acquire(SessionJob job) {
        closing.awaitReturns();
        Entry entry = use(job);
        retireRewritten(job, entry);
        synchronized (entry) {
            entry.wanted.addAll(job.own().keySet());
            Optional<String> changed = changedFile(entry, job);
            if (changed.isPresent()) {
                retireNow(entry);
                return arm(entry, job, changed.get());
            }
            Optional<String> fault = fault(entry, job);
            return fault.isEmpty() ? new Armed(entry.recorder.orElseThrow(), List.of()) : arm(entry, job, fault.get());
        }
    }

    /** Says that a test no longer uses a session. */
    public synchronized void release(SessionJob job) {
        if (job.kind() == SessionJob.Kind.RETURNS) {
            discard(job);
        } else {
            Optional.ofNullable(entries.get(key(job))).ifPresent(entry -> entry.inUse = false);
        }
    }

    /** Begins to close a session that no test will want again, and returns at once. */
    public synchronized void discard(SessionJob job) {
        Optional.ofNullable(entries.remove(key(job))).ifPresent(this::retire);
    }

    /**
     * Begins to close all sessions, and returns at once; but where their tools end with the container, which may be stopped
     * next, it returns when these have taken their probes away.
     */
    @Override
    public synchronized void close() {
        List<SessionRecorder> mortal = entries.values().stream()
                .filter(entry -> entry.endsWithTarget)
                .flatMap(entry -> entry.recorder.stream())
                .toList();
        entries.values().forEach(this::retire);
        entries.clear();
        closing.await(mortal, LAST_WORK);
    }

    private synchronized Entry use(SessionJob job) {
        closeStale(job);
        Entry entry = entries.computeIfAbsent(key(job), k -> new Entry(job.kind()));
        entry.inUse = true;
        return entry;
    }

    private static Key key(SessionJob job) {
        return new Key(
                job.target().name(),
                job.target().containerId(),
                job.engine().name(),
                job.hostEngines().host().name(),
                job.kind());
    }

    /** Old probes of other sessions must not stay in a file that was written over either, whether or not they are wanted now. */
    private void retireRewritten(SessionJob job, Entry own) {
        others(job, own).forEach(other -> {
            synchronized (other) {
                if (other.files.rewritten(job.hostEngines().host().files()).isPresent()) {
                    retireNow(other);
                }
            }
        });
    }

    private synchronized List<Entry> others(SessionJob job, Entry own) {
        return entries.entrySet().stream()
                .filter(e -> e.getKey().containerId().equals(job.target().containerId())
                        && e.getKey().host().equals(job.hostEngines().host().name()))
                .map(Map.Entry::getValue)
                .filter(entry -> entry != own)
                .toList();
    }

    /** A file that changed since probes were put into it. */
    private static Optional<String> changedFile(Entry entry, SessionJob job) {
        if (entry.recorder.isEmpty() || !entry.target.equals(Optional.of(job.target()))) {
            return Optional.empty();
        }
        return entry.files
                .changedFor(job.ownPoints())
                .or(() -> entry.files.rewritten(job.hostEngines().host().files()))
                .map(file -> "%s was changed on %s"
                        .formatted(file.path(), job.target().name()));
    }

    /** Why there must be a new session; empty if there need not, "" for the first. */
    private static Optional<String> fault(Entry entry, SessionJob job) {
        if (entry.recorder.isEmpty()) {
            return Optional.of("");
        }
        String name = job.target().name();
        if (!entry.target.equals(Optional.of(job.target()))) {
            return Optional.of("container %s was restarted".formatted(name));
        }
        Optional<String> otherProgram = entry.main.get().map(Doubt::text);
        if (otherProgram.isPresent()) {
            return otherProgram;
        }
        SessionRecorder recorder = entry.recorder.get();
        if (!recorder.isAlive()) {
            return Optional.of("the session of engine %s on %s had ended".formatted(recorder.engine(), name));
        }
        return job.ownPoints().stream().allMatch(p -> recorder.indexOf(p).isPresent())
                ? Optional.empty()
                : Optional.of("points were added on %s".formatted(name));
    }

    private Armed arm(Entry entry, SessionJob job, String fault) {
        retire(entry);
        List<String> notes = fault.isEmpty() ? List.of() : List.of("armed again: " + fault);
        Wanted own = new Wanted(UnitedPoints.of(job.ownPoints()).list(), job.main());
        if (entry.ownOnly) {
            return opened(entry, job, own, notes);
        }
        entry.wanted.addAll(job.others().get());
        Wanted all = withOthers(entry, job);
        if (own.points().equals(all.points())) {
            return opened(entry, job, own, notes);
        }
        try {
            return opened(entry, job, all, notes);
        } catch (RuntimeException e) {
            // another test's points must not fail this one, whatever they fail with
            Armed armed = opened(
                    entry,
                    job,
                    own,
                    List.of("armed for this test alone, since arming for the whole class failed: " + e.getMessage()));
            entry.ownOnly = true;
            return armed;
        }
    }

    /**
     * What is to be armed.
     *
     * @param main the file of points for which no binary was named, if there are such
     */
    private record Wanted(List<ProbePoint> points, Optional<TargetFile> main) {}

    private static Wanted withOthers(Entry entry, SessionJob job) {
        UnitedPoints united = UnitedPoints.of(job.ownPoints());
        Optional<TargetFile> main = job.main();
        Points now = job.hostEngines().points().now();
        for (ProbeRequest request : entry.wanted) {
            if (job.own().containsKey(request)) {
                continue;
            }
            List<ProbePoint> points = findQuietly(request, job, now);
            points.forEach(united::add);
            main = main.or(() -> job.main(request, points));
        }
        return new Wanted(united.list(), main);
    }

    /** The test that asks for a point reports that it cannot be found. */
    private static List<ProbePoint> findQuietly(ProbeRequest request, SessionJob job, Points now) {
        try {
            return now.find(job.target(), request).points().stream()
                    .filter(point -> job.engine().refusal(point).isEmpty())
                    .toList();
        } catch (RuntimeException e) {
            return List.of();
        }
    }

    private Armed opened(Entry entry, SessionJob job, Wanted wanted, List<String> notes) {
        HostFiles files = job.hostEngines().host().files();
        closing.awaitRewritten(job.target().containerId(), files, LAST_WORK);
        SessionRequest request = new SessionRequest(job.target(), wanted.points(), job.details());
        Supplier<Optional<Doubt>> main = wanted.main()
                .map(file -> job.hostEngines().containers().watchMain(job.target(), file))
                .orElse(Optional::empty);
        SessionWatch sessionWatch = SessionWatch.begin(job, wanted.points());
        long began = System.nanoTime();
        SessionRecorder recorder = progress.during(
                "arming %s in container %s (%s)"
                        .formatted(
                                SessionJob.points(wanted.points().size()),
                                job.target().name(),
                                job.way()),
                () -> sessionWatch.beside(() -> SessionRecorder.open(
                        job.engine(),
                        job.hostEngines().host(),
                        request,
                        TargetWatch.all(List.of(job.watch(), TargetWatch.of(main), sessionWatch.watch())),
                        job.hostEngines().semaphores())));
        armings.add(job, wanted.points(), Duration.ofNanos(System.nanoTime() - began));
        ArmedFiles armed = ArmedFiles.of(wanted.points());
        try {
            armed.refuseChanged(files, job.target().name());
        } catch (RuntimeException e) {
            recorder.close();
            sessionWatch.close();
            throw e;
        }
        entry.recorder = Optional.of(recorder);
        entry.files = armed;
        entry.sessionWatch = Optional.of(sessionWatch);
        entry.target = Optional.of(job.target());
        entry.containers = Optional.of(job.hostEngines().containers());
        entry.endsWithTarget = job.hostEngines().host().endsWithTarget();
        entry.main = main;
        return new Armed(
                recorder,
                entry.kind == SessionJob.Kind.RETURNS
                        ? Stream.concat(notes.stream(), sessionWatch.notes().stream())
                                .toList()
                        : notes);
    }

    /** Closes sessions on containers that are gone, such as the earlier ones of a target that is made anew. */
    private void closeStale(SessionJob job) {
        entries.values().removeIf(entry -> {
            boolean gone = !entry.inUse
                    && entry.target
                            .filter(t -> !t.containerId().equals(job.target().containerId())
                                    && entry.containers.filter(c -> c.isSame(t)).isEmpty())
                            .isPresent();
            if (gone) {
                retire(entry);
            }
            return gone;
        });
    }

    /**
     * Waits until the probes are gone: new ones in the same file would share what the kernel remembers of the old ones, which
     * are the instructions that were there.
     */
    private void retireNow(Entry entry) {
        entry.recorder.ifPresent(old -> {
            if (!closing.closeNow(old, LAST_WORK)) {
                throw new EngineException(
                        "The old probes of a file that was changed on %s were not gone within %d s (PU1035). Run the test again when the machine is less busy."
                                .formatted(old.target(), LAST_WORK.toSeconds()));
            }
        });
        retire(entry);
    }

    private void retire(Entry entry) {
        synchronized (entry) {
            entry.recorder.ifPresent(recorder -> {
                if (entry.kind == SessionJob.Kind.RETURNS) {
                    closing.addReturns(recorder, entry.sessionWatch);
                } else {
                    closing.add(recorder);
                }
            });
            entry.recorder = Optional.empty();
            entry.files = ArmedFiles.of(List.of());
            entry.sessionWatch.ifPresent(SessionWatch::close);
            entry.sessionWatch = Optional.empty();
            entry.target = Optional.empty();
        }
    }
}
