package io.probeunit.internal.junit.lifecycle;

import io.probeunit.internal.engine.Barrier;
import io.probeunit.internal.engine.Engine;
import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.engine.FiringSink;
import io.probeunit.internal.engine.PreflightResult;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.RawFiring;
import io.probeunit.internal.engine.Session;
import io.probeunit.internal.engine.SessionRequest;
import io.probeunit.internal.plan.CaptureSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Counts the calls of {@link FakeContainer}s. */
public final class FakeEngine implements Engine {

    final List<FakeSession> opened = new CopyOnWriteArrayList<>();

    /** What it was asked to arm, whatever came of it. */
    final List<List<String>> asked = new CopyOnWriteArrayList<>();

    public final AtomicInteger preflights = new AtomicInteger();
    public final List<String> lacks = new CopyOnWriteArrayList<>();
    private final String name;
    volatile Predicate<ProbePoint> refuses = point -> false;
    volatile int mostPoints = 1000;
    volatile Predicate<List<String>> failsToArm = points -> false;
    /** Fails as a fault of ours would. */
    volatile Predicate<List<String>> breaksDown = points -> false;

    FakeEngine(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public PreflightResult preflight() {
        preflights.incrementAndGet();
        if (Thread.currentThread().isInterrupted()) {
            throw new EngineException("Interrupted while a program was run.");
        }
        return lacks.isEmpty()
                ? new PreflightResult.Passed("fake 1.0")
                : new PreflightResult.Failed(lacks.stream()
                        .map(l -> new PreflightResult.Lack(l, "install " + l))
                        .toList());
    }

    @Override
    public Optional<String> refusal(ProbePoint point) {
        return refuses.test(point) ? Optional.of("not with this engine") : Optional.empty();
    }

    @Override
    public Optional<String> refusal(List<ProbePoint> points) {
        return points.size() > mostPoints ? Optional.of(points.size() + " points are too many") : Optional.empty();
    }

    @Override
    public Session open(SessionRequest request, FiringSink sink) {
        asked.add(names(request));
        if (breaksDown.test(names(request))) {
            throw new IllegalStateException("not understood: " + names(request));
        }
        if (failsToArm.test(names(request))) {
            throw new EngineException("arming failed on " + names(request));
        }
        FakeSession session = new FakeSession(request, sink, opened.stream().allMatch(earlier -> earlier.awaited));
        FakeContainer.of(request.target().containerId()).sessions.add(session);
        opened.add(session);
        return session;
    }

    /** What each session has armed. */
    List<List<String>> armed() {
        return opened.stream().map(s -> names(s.request)).toList();
    }

    private static List<String> names(SessionRequest request) {
        return request.points().stream().map(ProbePoint::name).toList();
    }

    static final class FakeSession implements Session {
        final SessionRequest request;
        private final FiringSink sink;
        private final long[] fired;
        private volatile boolean alive = true;
        volatile boolean closed;
        private volatile int windowsWhenClosed;
        volatile boolean awaited;

        /** Before a window opened on the same container. */
        volatile boolean awaitedInTime;

        /** Whether it was waited for all earlier ones to be gone. */
        final boolean alone;

        private FakeSession(SessionRequest request, FiringSink sink, boolean alone) {
            this.alone = alone;
            this.request = request;
            this.sink = sink;
            this.fired = new long[request.points().size()];
        }

        synchronized void fire(String name, int pid, long... arguments) {
            if (!alive || pid != request.target().pid()) {
                return;
            }
            for (int i = 0; i < fired.length; i++) {
                ProbePoint point = request.points().get(i);
                if (point.name().equals(name)) {
                    fired[i]++;
                    sink.accept(new RawFiring(i, System.nanoTime(), pid, pid, "fake", values(point, arguments)));
                }
            }
        }

        void die() {
            alive = false;
        }

        @Override
        public Barrier openWindow(Set<Integer> wanted) {
            FakeContainer.of(request.target().containerId()).windows++;
            return barrier();
        }

        @Override
        public synchronized Barrier barrier() {
            if (!alive) {
                throw new EngineException("the fake engine died");
            }
            List<Barrier.Count> counts = new ArrayList<>();
            for (long f : fired) {
                counts.add(new Barrier.Count(f, f));
            }
            return new Barrier(System.nanoTime(), counts);
        }

        @Override
        public boolean isAlive() {
            return alive;
        }

        @Override
        public void close() {
            alive = false;
            closed = true;
            windowsWhenClosed = FakeContainer.of(request.target().containerId()).windows;
            FakeContainer.of(request.target().containerId()).sessions.remove(this);
        }

        @Override
        public boolean awaitClosed(Duration timeout) {
            awaited = true;
            awaitedInTime |= closed && FakeContainer.of(request.target().containerId()).windows == windowsWhenClosed;
            return closed;
        }

        private static List<RawFiring.Value> values(ProbePoint point, long... arguments) {
            return point.slots().stream()
                    .<RawFiring.Value>map(
                            slot -> slot.source() instanceof CaptureSource.Argument a && a.number() <= arguments.length
                                    ? new RawFiring.Value.Number(arguments[a.number() - 1])
                                    : new RawFiring.Value.Unreadable())
                    .toList();
        }
    }
}
