package io.probeunit.internal.recording;

import io.probeunit.internal.engine.Barrier;
import io.probeunit.internal.engine.Barrier.Judged;
import io.probeunit.internal.engine.CallStack;
import io.probeunit.internal.engine.Engine;
import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.engine.FiringSink;
import io.probeunit.internal.engine.IntegerFilter;
import io.probeunit.internal.engine.PreflightResult;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.RawFiring;
import io.probeunit.internal.engine.RawFiring.Value;
import io.probeunit.internal.engine.Session;
import io.probeunit.internal.engine.SessionRequest;
import io.probeunit.internal.engine.StackQuota;
import io.probeunit.internal.plan.Condition;
import io.probeunit.internal.plan.Filter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** An engine whose firings are made by the test, one by one. Its clock stands still unless the test moves it. */
public final class FakeEngine implements Engine, Session {

    private final List<RawFiring> underWay = new ArrayList<>();
    private long[] fired = {};
    private long[] detailed = {};
    private final Map<Integer, Map<IntegerFilter, Judged>> judged = new HashMap<>();
    private FiringSink sink = firing -> {};
    private String lost = "";
    private Map<Integer, StackQuota> stacks = Map.of();
    private Optional<String> lackOfStacks = Optional.empty();
    private int barriers;
    private long now = 1_000_000;
    private Runnable atBarrier = () -> {};
    private boolean closed;

    /** The moment of the next firing or barrier. */
    public synchronized FakeEngine at(long nanos) {
        now = nanos;
        return this;
    }

    /** A firing with details that arrive at once. */
    public synchronized void fire(int point, Value... values) {
        fireAt(now, point, values);
    }

    /** A firing with details that arrive at once. */
    public synchronized void fireAt(long nanos, int point, Value... values) {
        fired[point]++;
        detailed[point]++;
        sink.accept(line(nanos, point, values));
    }

    /** A firing whose stack was copied. */
    public synchronized void fireFrom(CallStack stack, int point, Value... values) {
        fired[point]++;
        detailed[point]++;
        RawFiring line = line(now, point, values);
        sink.accept(new RawFiring(
                line.point(), line.nanos(), line.pid(), line.tid(), line.command(), line.values(), () -> stack));
    }

    /** As an engine that copies no stacks, from the next session on. */
    public synchronized FakeEngine copiesNoStacks() {
        lackOfStacks = Engine.super.lackOfStacks();
        return this;
    }

    /** The stacks that the last window wanted, by point. */
    public synchronized Map<Integer, StackQuota> stacks() {
        return stacks;
    }

    /** A firing whose details arrive with the next barrier. */
    public synchronized void fireLate(long nanos, int point, Value... values) {
        fired[point]++;
        detailed[point]++;
        underWay.add(line(nanos, point, values));
    }

    /** A line that arrives before its firing is counted, by {@link #count}. */
    public synchronized void sendEarly(long nanos, int point, Value... values) {
        sink.accept(line(nanos, point, values));
    }

    /** Counts firings whose lines were sent early. */
    public synchronized void count(int point) {
        fired[point]++;
        detailed[point]++;
    }

    /** A firing whose details are dropped. */
    public synchronized void drop(int point) {
        fired[point]++;
    }

    /** A firing whose details are dropped, after the engine has judged it. */
    public synchronized void dropJudged(int point, boolean satisfied, String... conditions) {
        drop(point);
        judge(point, satisfied, conditions);
    }

    /** Judges a firing that is counted only later. */
    public synchronized void judge(int point, boolean satisfied, String... conditions) {
        IntegerFilter filter = IntegerFilter.of(new Filter(Stream.of(conditions)
                        .map(c -> Condition.parse(c, List.of()))
                        .toList()))
                .orElseThrow();
        judged.computeIfAbsent(point, p -> new HashMap<>())
                .merge(
                        filter,
                        new Judged(1, satisfied ? 1 : 0),
                        (a, b) -> new Judged(a.all() + b.all(), a.satisfied() + b.satisfied()));
    }

    /** A firing that is counted as detailed and whose details never arrive: against the contract. */
    public synchronized void cheat(int point) {
        fired[point]++;
        detailed[point]++;
    }

    /** From now on every barrier fails. */
    public synchronized void lose(String why) {
        lost = why;
    }

    /** Does something at the beginning of each barrier. */
    public synchronized void atBarrier(Runnable action) {
        atBarrier = action;
    }

    /** How many barriers were drawn. */
    public synchronized int barriers() {
        return barriers;
    }

    public synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public PreflightResult preflight() {
        return new PreflightResult.Passed("fake");
    }

    @Override
    public Optional<String> lackOfStacks() {
        return lackOfStacks;
    }

    @Override
    public Optional<String> refusal(ProbePoint point) {
        return Optional.empty();
    }

    @Override
    public synchronized Session open(SessionRequest request, FiringSink sink) {
        this.sink = sink;
        fired = new long[request.points().size()];
        detailed = new long[request.points().size()];
        return this;
    }

    @Override
    public Barrier openWindow(Set<Integer> wanted) {
        return barrier();
    }

    @Override
    public synchronized Barrier openWindow(Set<Integer> wanted, Map<Integer, StackQuota> quotas) {
        stacks = Map.copyOf(quotas);
        return barrier();
    }

    @Override
    public synchronized Barrier barrier() {
        barriers++;
        atBarrier.run();
        if (!lost.isEmpty()) {
            throw new EngineException(lost);
        }
        underWay.forEach(sink::accept);
        underWay.clear();
        List<Barrier.Count> counts = new ArrayList<>();
        for (int i = 0; i < fired.length; i++) {
            counts.add(new Barrier.Count(fired[i], detailed[i], judged.getOrDefault(i, Map.of())));
        }
        return new Barrier(now, counts);
    }

    @Override
    public synchronized boolean isAlive() {
        return lost.isEmpty() && !closed;
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    @Override
    public boolean awaitClosed(Duration timeout) {
        return true;
    }

    private static RawFiring line(long nanos, int point, Value... values) {
        return new RawFiring(point, nanos, 4711, 4712, "shop", Arrays.asList(values));
    }
}
