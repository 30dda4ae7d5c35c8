package io.probeunit.conformance.plugin;

import static io.probeunit.internal.kernel.Batch.value;

import io.probeunit.internal.concurrent.Interrupts;
import io.probeunit.internal.engine.Barrier;
import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.engine.Session;
import io.probeunit.internal.host.Cpus;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.kernel.Answer;
import io.probeunit.internal.kernel.Batch;
import io.probeunit.internal.kernel.KernelException;
import io.probeunit.internal.kernel.SystemCall;
import io.probeunit.internal.tracefs.EventGroup;
import io.probeunit.internal.tracefs.EventLeftovers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** For each point the perf events that count it, one on each CPU. */
final class CountSession implements Session {

    private final Host host;
    private final EventLeftovers leftovers;
    private final EventGroup group;
    private final List<List<Integer>> points = new ArrayList<>();
    private boolean closed;

    CountSession(Host host, EventLeftovers leftovers, EventGroup group) {
        this.host = host;
        this.leftovers = leftovers;
        this.group = group;
    }

    /** Adds a point. */
    synchronized void add(List<Integer> events) {
        points.add(events);
    }

    @Override
    public Barrier openWindow(Set<Integer> wanted) {
        return barrier();
    }

    /** The kernel asks the CPU of an event for its count, so that it is that of this moment. */
    @Override
    public synchronized Barrier barrier() {
        if (closed) {
            throw new EngineException("The session was closed");
        }
        Batch batch = new Batch();
        List<List<Counter>> counters = points.stream()
                .map(events ->
                        events.stream().map(event -> Counter.read(batch, event)).toList())
                .toList();
        try {
            Answer answer = host.calls().call(batch);
            int cpus = Cpus.running(host.files());
            if (points.stream().anyMatch(events -> events.size() != cpus)) {
                throw new EngineException("Other CPUs run than when the probes were armed");
            }
            return new Barrier(
                    host.nanos(),
                    counters.stream()
                            .map(of -> of.stream()
                                    .mapToLong(counter -> counter.of(answer))
                                    .sum())
                            .map(fired -> new Barrier.Count(fired, 0))
                            .toList());
        } catch (KernelException e) {
            throw new EngineException("The counters cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized boolean isAlive() {
        return !closed;
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        Batch batch = new Batch();
        points.forEach(events -> events.forEach(event -> batch.call(SystemCall.CLOSE, value(event))));
        if (!batch.isEmpty()) {
            host.calls().call(batch);
        }
        Interrupts.orStop(() -> leftovers.clean(group));
    }

    @Override
    public boolean awaitClosed(Duration timeout) {
        close();
        return true;
    }

    /** A call that reads a counter; one that failed must not be taken for a count of 0. */
    private record Counter(Batch.Call call, Batch.Wanted bytes) {

        static Counter read(Batch batch, int event) {
            Batch.Place count = batch.room(Long.BYTES);
            Batch.Call call = batch.call(SystemCall.READ, value(event), count, value(Long.BYTES));
            return new Counter(call, batch.want(count, Long.BYTES, call));
        }

        long of(Answer answer) {
            answer.get(call);
            return answer.buffer(bytes).getLong();
        }
    }
}
