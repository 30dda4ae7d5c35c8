package io.probeunit.internal.arming;

import io.probeunit.internal.declared.DeclaredTarget;
import io.probeunit.internal.engine.EngineSelection;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.plan.ProbeRequest;
import io.probeunit.internal.sessions.SessionJob;
import io.probeunit.internal.sessions.SessionPool;
import io.probeunit.internal.sessions.Turns;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The turn and the sessions of one test while its window is open. */
public final class ArmedWindow implements AutoCloseable {

    private record Held(SessionJob job, SessionPool.Armed session) {}

    private record Key(DeclaredTarget target, SessionJob.Kind kind) {}

    private final Turns.Turn turn;
    private final SessionPool pool;
    private final Map<Key, Held> held = new LinkedHashMap<>();
    private final Map<String, String> containers = new LinkedHashMap<>();
    private Optional<Host> host = Optional.empty();
    private final Set<String> notes = new LinkedHashSet<>();
    private final Map<ProbeRequest, Supplier<List<String>>> hints = new LinkedHashMap<>();
    private List<String> passedOver = List.of();
    private Optional<EngineSelection.Chosen> engine = Optional.empty();
    private Optional<CoverageWindow> coverage = Optional.empty();
    private final CountedFiles counted = new CountedFiles();

    public ArmedWindow(Turns.Turn turn, SessionPool pool) {
        this.turn = turn;
        this.pool = pool;
    }

    public void passedOverHosts(List<String> reasons) {
        passedOver = List.copyOf(reasons);
    }

    /** The hosts that would have needed less, each with why it could not be. */
    public List<String> passedOverHosts() {
        return passedOver;
    }

    void engine(EngineSelection.Chosen chosen) {
        engine = Optional.of(chosen);
    }

    public void notes(Collection<String> more) {
        notes.addAll(more);
    }

    void hints(ProbeRequest request, Supplier<List<String>> source) {
        hints.put(request, source);
    }

    /** Possible reasons why the points of a request did not fire; searched at the first request. */
    public List<String> hints(ProbeRequest request) {
        return Stream.ofNullable(hints.get(request))
                .flatMap(source -> source.get().stream())
                .toList();
    }

    /** Takes a session for a target. */
    public SessionPool.Armed add(DeclaredTarget target, SessionJob job) {
        SessionPool.Armed session = pool.acquire(job);
        held.put(new Key(target, job.kind()), new Held(job, session));
        containers.put(job.target().name(), job.target().containerId());
        host = Optional.of(job.hostEngines().host());
        notes.addAll(session.notes());
        return session;
    }

    /** Gives up the sessions taken until now, for those of another engine. */
    void discardSessions() {
        List<Held> all = List.copyOf(held.values());
        held.clear();
        all.forEach(h -> {
            notes.removeAll(h.session().notes());
            pool.discard(h.job());
        });
    }

    /** The files of what counts for the class. */
    public CountedFiles counted() {
        return counted;
    }

    void coverage(CoverageWindow window) {
        coverage = Optional.of(window);
    }

    /** What counts for the class of the test, while its window is open. */
    public Optional<CoverageWindow> coverage() {
        return coverage;
    }

    boolean isAlive() {
        return held.values().stream().allMatch(h -> h.session().recorder().isAlive());
    }

    /** The engine, and why it was taken. */
    public Optional<EngineSelection.Chosen> engine() {
        return engine;
    }

    /** The ids of the containers by the names of the targets; also when all is given back. */
    public Map<String, String> containers() {
        return new LinkedHashMap<>(containers);
    }

    /** Where the engine's tools run. */
    public String host() {
        return host.map(Host::name).orElse("");
    }

    /** What was started for the sake of the host; empty if nothing was. */
    public Optional<String> hostHelper() {
        return host.flatMap(Host::helper);
    }

    /** What is worth a line in the report. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** Gives everything back: what other tests can use stays armed. Does nothing the second time. */
    @Override
    public void close() {
        List<Held> all = List.copyOf(held.values());
        held.clear();
        try {
            coverage.ifPresent(CoverageWindow::close);
            all.forEach(h -> pool.release(h.job()));
        } finally {
            turn.close();
        }
    }
}
