package io.probeunit.internal.recording;

import io.probeunit.internal.columns.FiringColumns;
import io.probeunit.internal.engine.Barrier;
import io.probeunit.internal.engine.Barrier.Judged;
import io.probeunit.internal.engine.Callers;
import io.probeunit.internal.engine.CopiedStack;
import io.probeunit.internal.engine.Details;
import io.probeunit.internal.engine.Engine;
import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.engine.FiringSink;
import io.probeunit.internal.engine.IntegerFilter;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.SemaphoreKeeper;
import io.probeunit.internal.engine.Session;
import io.probeunit.internal.engine.SessionRequest;
import io.probeunit.internal.engine.StackQuota;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.stacks.StackReader;
import io.probeunit.internal.watch.Findings;
import io.probeunit.internal.watch.TargetWatch;
import io.probeunit.internal.watch.WatchedPoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Records one session of an engine: receives the details of firings and assigns them to windows, which follow each other
 * and never overlap.
 *
 * <p>Between two barriers a point's counter of details rises by some number; that many of the lines received, the first
 * in the order of time, belong between these barriers. So each line belongs to exactly one window, or to the time between
 * two windows, when it is thrown away.
 *
 * <p>Thread-safe.
 */
public final class SessionRecorder implements AutoCloseable {

    private final String engine;
    private final Optional<String> lackOfStacks;
    private final SessionRequest request;
    private final TargetWatch watch;
    private final GuardedMarks guarded;
    private final LinePool pool;
    private final StackReader stacks;
    /** The places of the points, whatever is recorded there. */
    private final Map<ProbePoint, Integer> places = new HashMap<>();

    private final Session session;
    private final long[] fired;
    private final long[] settled;
    private final List<Map<IntegerFilter, Judged>> judged;
    private final List<List<Long>> running;
    private Optional<SessionWindow> window = Optional.empty();
    private TargetWatch.WindowWatch windowWatch = () -> Findings.NOTHING;
    private Findings found = Findings.NOTHING;
    private Optional<Doubt> lost = Optional.empty();
    private long lastNanos;

    private SessionRecorder(
            Engine engine, Host host, SessionRequest request, TargetWatch watch, SemaphoreKeeper keeper) {
        this.engine = engine.name();
        this.lackOfStacks = engine.lackOfStacks();
        this.request = request;
        this.watch = watch;
        this.guarded = new GuardedMarks(keeper, host);
        this.fired = new long[request.points().size()];
        this.settled = new long[request.points().size()];
        this.judged = new ArrayList<>(Collections.nCopies(fired.length, Map.of()));
        this.running = new ArrayList<>(Collections.nCopies(fired.length, List.of()));
        for (int place = 0; place < fired.length; place++) {
            places.putIfAbsent(request.points().get(place).bare(), place);
        }
        this.pool = new LinePool(request.points());
        // the session may call the sink before it is returned
        this.stacks = new StackReader(host, request.target());
        FiringSink sink = new FiringSink() {
            @Override
            public void accept(Details firing) {
                pool.add(firing);
            }

            @Override
            public Callers copied(int pid, CopiedStack copy) {
                return stacks.read(pid, copy);
            }
        };
        this.session = engine.open(request, sink);
    }

    /**
     * Arms probes and records what they see. When this returns, every firing is counted.
     *
     * @param engine arms the probes
     * @param host where the engine's tools run
     * @param request what to arm
     * @param watch asked when a window begins and after each barrier whether the target is still the same
     * @param keeper holds the semaphores of guarded marks while a window wants them
     * @return the recorder, of which nothing is recorded until a window opens
     * @throws EngineException if the probes could not be armed; nothing is left behind
     */
    public static SessionRecorder open(
            Engine engine, Host host, SessionRequest request, TargetWatch watch, SemaphoreKeeper keeper) {
        return new SessionRecorder(engine, host, request, watch, keeper);
    }

    /**
     * The engine's name.
     *
     * @return for example {@code stap}
     */
    public String engine() {
        return engine;
    }

    /**
     * The name of the target.
     *
     * @return as tests name it
     */
    public String target() {
        return request.target().name();
    }

    /**
     * The container of the target.
     *
     * @return its full id
     */
    public String containerId() {
        return request.target().containerId();
    }

    /** Why no stacks are copied where no annotation captures them; empty if they are. */
    Optional<String> lackOfStacks() {
        return lackOfStacks;
    }

    /** The file that a selector means in this target. */
    BinarySelector meant(BinarySelector selector) {
        return request.target().meant(selector);
    }

    /**
     * What is armed.
     *
     * @return the points of the session, in its order
     */
    public List<ProbePoint> points() {
        return request.points();
    }

    /**
     * Where a point is among those that are armed.
     *
     * @param point with all that is wanted of it
     * @return its index; empty if it is not armed with all its slots; filters do not matter
     */
    public OptionalInt indexOf(ProbePoint point) {
        return Stream.ofNullable(places.get(point.bare()))
                .filter(place -> points().get(place).slots().containsAll(point.slots()))
                .mapToInt(place -> place)
                .findFirst();
    }

    /**
     * Says whether another window can be opened.
     *
     * @return false once the session is lost or closed
     */
    public boolean isAlive() {
        return !isLost() && session.isAlive();
    }

    /** Begins to remove the probes and returns at once. */
    @Override
    public void close() {
        session.close();
        releaseSemaphores();
    }

    /**
     * Takes the probes away, and waits until they are gone.
     *
     * @param timeout how long at most
     * @return whether that is so
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public boolean closeNow(Duration timeout) throws InterruptedException {
        session.close();
        synchronized (this) {
            guarded.closeNow();
        }
        return session.awaitClosed(timeout);
    }

    /**
     * Waits until the probes are gone and everything is cleaned up.
     *
     * @param timeout how long at most
     * @return whether that is so
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public boolean awaitClosed(Duration timeout) throws InterruptedException {
        return session.awaitClosed(timeout);
    }

    /** Opens a window on some points; the others may belong to other tests. Of some of their firings stacks are wanted. */
    synchronized SessionWindow openWindow(List<WatchedPoint> wanted, Map<Integer, StackQuota> stacks) {
        if (window.isPresent()) {
            throw new IllegalStateException("a window is already open on " + describe());
        }
        refuseLost();
        guarded.want(wanted.stream().map(WatchedPoint::point).toList());
        found = Findings.NOTHING;
        begin(wanted);
        Set<Integer> points = wanted.stream().map(WatchedPoint::index).collect(Collectors.toSet());
        Barrier barrier;
        try {
            // before the start, the files are seen where they are no longer seen when a stack is read
            barrier = session.openWindow(points, request.target().notStarted().isPresent() ? Map.of() : stacks);
        } catch (RuntimeException e) {
            Doubt loss = lossOf(e);
            lost = Optional.of(loss);
            throw new EngineException(loss.text(), e);
        }
        settle(barrier);
        refuseLost();
        SessionWindow opened = new SessionWindow(barrier.nanos(), doubts(points), points(), fired, judged);
        window = Optional.of(opened);
        return opened;
    }

    /** What is in doubt when the window opens: because of the file, or of a semaphore. */
    private Map<Integer, List<Doubt>> doubts(Set<Integer> indices) {
        Map<Integer, List<Doubt>> doubts = new HashMap<>();
        for (int index : indices) {
            ProbePoint point = points().get(index);
            doubts.put(
                    index,
                    Stream.concat(point.doubts().stream(), guarded.doubt(point).stream())
                            .toList());
        }
        return doubts;
    }

    private void refuseLost() {
        lost.ifPresent(loss -> {
            throw new EngineException(loss.text());
        });
    }

    /** Draws a barrier, and says what is known of the window; the last that is known if the session is lost. */
    synchronized SessionState read(SessionWindow asking) {
        if (window.filter(w -> w == asking).isEmpty()) {
            throw new IllegalStateException("the window has ended on " + describe());
        }
        if (lost.isEmpty()) {
            draw();
            look(() -> found.and(windowWatch.look()));
            session.doubt().map(Findings::doubt).ifPresent(doubt -> found = found.and(doubt));
        }
        Findings all = lost.map(Findings::doubt).map(found::and).orElse(found);
        return new SessionState(lastNanos, asking.read(fired, judged, running, lastNanos, all), all);
    }

    /** Forgets the window; what is not settled by then belongs to no window. */
    synchronized void end(SessionWindow ending) {
        if (window.filter(w -> w == ending).isPresent()) {
            window = Optional.empty();
            guarded.release();
        }
    }

    private void draw() {
        int[] proven = pool.sizes();
        try {
            settle(session.barrier());
        } catch (RuntimeException e) {
            lost = Optional.of(lossOf(e));
            // a line that had arrived before this barrier is a firing after the last one: that much is sure
            for (int point = 0; point < proven.length; point++) {
                fired[point] += take(point, proven[point]);
            }
        }
    }

    private void settle(Barrier barrier) {
        List<String> faults = new ArrayList<>();
        for (int point = 0; point < fired.length; point++) {
            Barrier.Count count = barrier.counts().get(point);
            long wanted = count.detailed() - settled[point];
            if (count.fired() < fired[point] || wanted < 0 || take(point, wanted) < wanted) {
                faults.add(points().get(point).name());
            }
            fired[point] = Math.max(fired[point], count.fired());
            settled[point] = count.detailed();
            judged.set(point, count.judged());
            running.set(point, count.running());
        }
        lastNanos = barrier.nanos();
        if (!faults.isEmpty()) {
            lost = Optional.of(
                    Doubt.lost("%s contradicts itself: the counters of %s do not go with the details received"
                            .formatted(describe(), String.join(", ", faults))));
        }
    }

    private int take(int point, long count) {
        if (count <= 0) {
            return 0;
        }
        FiringColumns taken = pool.take(point, count);
        window.ifPresent(w -> w.keep(point, taken));
        return taken.size();
    }

    private void begin(List<WatchedPoint> wanted) {
        windowWatch = () -> Findings.NOTHING;
        look(() -> {
            windowWatch = watch.begin(wanted);
            return found;
        });
    }

    private void look(Supplier<Findings> looking) {
        try {
            found = looking.get();
            stacks.mapped(found.mapped());
        } catch (RuntimeException e) {
            found = found.and(Findings.doubt(Doubt.missed(
                    "it is not known whether container %s is still the same: %s".formatted(target(), e.getMessage()))));
        }
    }

    private synchronized void releaseSemaphores() {
        guarded.close();
    }

    private synchronized boolean isLost() {
        return lost.isPresent();
    }

    private Doubt lossOf(RuntimeException e) {
        return Doubt.lost("%s was lost: %s".formatted(describe(), e.getMessage()));
    }

    private String describe() {
        return "engine %s on container %s".formatted(engine, target());
    }
}
