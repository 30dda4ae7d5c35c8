package io.probeunit.engine.uprobe;

import io.probeunit.engine.Barrier;
import io.probeunit.engine.Barrier.Judged;
import io.probeunit.engine.Criterion;
import io.probeunit.engine.EngineException;
import io.probeunit.engine.FiringSink;
import io.probeunit.engine.Session;
import io.probeunit.engine.SessionRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * A session of the built-in engine. Reading the counters is the barrier: a firing is counted by the thread that fired,
 * before it goes on.
 */
final class UprobeSession implements Session {

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final Duration RECORDS = Duration.ofSeconds(5);

    private final Kernel kernel;
    private final int detailQuota;
    private final FiringSink sink;
    private final CounterMap counters;
    private final Ring ring;
    private final RecordDecoder decoder;
    private final Ring.Taker taker = this::take;
    private final List<List<Criterion>> criteria;
    private final List<Integer> links = new ArrayList<>();
    private final long[] received;
    private final CountDownLatch cleaned = new CountDownLatch(1);
    private final Thread reader;
    private volatile boolean closed;

    private UprobeSession(Kernel kernel, Bpf bpf, int cpus, SessionRequest request, Sites sites, FiringSink sink) {
        this.kernel = kernel;
        this.detailQuota = request.detailQuota();
        this.sink = sink;
        int points = request.points().size();
        this.received = new long[points];
        this.criteria = request.points().stream().map(SiteCriterion::judgedBy).toList();
        int mostCriteria = criteria.stream().mapToInt(List::size).max().orElse(0);
        this.counters = new CounterMap(kernel, bpf, points, mostCriteria, cpus);
        try {
            this.ring = new Ring(kernel, bpf, Ring.size(detailsOfAWindow(request, sites, cpus)));
        } catch (EngineException e) {
            counters.close();
            throw e;
        }
        this.decoder = new RecordDecoder(sites.layouts());
        this.reader = new Thread(this::read, "probeunit-uprobe-ring");
        reader.setDaemon(true);
    }

    /** Bytes of all records that a window's quota allows; the kernel takes time to make a ring, and clears all of it. */
    private static long detailsOfAWindow(SessionRequest request, Sites sites, int cpus) {
        long largest = sites.layouts().stream().mapToLong(Layout::bytes).max().orElse(0);
        return (largest + Ring.HEADER)
                * request.detailQuota()
                * request.points().size()
                * cpus;
    }

    static UprobeSession open(
            Kernel kernel, Bpf bpf, Attacher attacher, int cpus, SessionRequest request, Sites sites, FiringSink sink) {
        UprobeSession session = new UprobeSession(kernel, bpf, cpus, request, sites, sink);
        try {
            session.arm(attacher, request, sites);
            session.reader.start();
            return session;
        } catch (RuntimeException e) {
            Release.after(e, session::release);
            throw e;
        } catch (Error e) {
            session.release();
            throw e;
        }
    }

    @Override
    public Barrier openWindow(Set<Integer> wanted) {
        synchronized (ring) {
            refuseIfClosed();
            counters.allow(wanted, detailQuota);
        }
        return barrier();
    }

    @Override
    public Barrier barrier() {
        long nanos = System.nanoTime();
        List<Barrier.Count> counts = counts();
        awaitRecords(counts);
        return new Barrier(nanos, counts);
    }

    @Override
    public boolean isAlive() {
        return !closed;
    }

    @Override
    public void close() {
        synchronized (ring) {
            if (closed) {
                return;
            }
            closed = true;
        }
        Thread closing = new Thread(this::release, "probeunit-uprobe-close");
        closing.setDaemon(true);
        closing.start();
    }

    @Override
    public boolean awaitClosed(Duration timeout) throws InterruptedException {
        return cleaned.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void arm(Attacher attacher, SessionRequest request, Sites sites) {
        Attacher.ProgramText program = new Attacher.ProgramText(
                cookie -> CountingProgram.write(
                        request.target().cgroup(), request.points().size(), counters, ring, sites.layouts(), cookie),
                sites.layouts().stream().anyMatch(Layout::reads));
        links.addAll(attacher.attach(program, sites.sites()));
    }

    /** Under the lock, since the counters' memory is gone once the session is closed. */
    private List<Barrier.Count> counts() {
        synchronized (ring) {
            refuseIfClosed();
            return IntStream.range(0, received.length).mapToObj(this::count).toList();
        }
    }

    private Barrier.Count count(int point) {
        // Detailed first: between the two reads a firing can only be missed, not counted twice.
        long detailed = counters.sum(point, CounterMap.DETAILED);
        long plain = counters.sum(point, CounterMap.PLAIN);
        return new Barrier.Count(detailed + plain, detailed, judged(point, plain));
    }

    private Map<Criterion, Judged> judged(int point, long plain) {
        Map<Criterion, Judged> judged = new HashMap<>();
        List<Criterion> all = criteria.get(point);
        for (int i = 0; i < all.size(); i++) {
            long undecided = counters.sum(point, counters.undecided(i));
            judged.put(all.get(i), new Judged(plain - undecided, counters.sum(point, counters.satisfied(i))));
        }
        return judged;
    }

    private void awaitRecords(List<Barrier.Count> counts) {
        long deadline = System.nanoTime() + RECORDS.toNanos();
        while (!drainedTo(counts)) {
            if (System.nanoTime() > deadline) {
                throw new EngineException("Records of the ring buffer that were counted did not arrive within %d s."
                        .formatted(RECORDS.toSeconds()));
            }
            Thread.onSpinWait();
        }
    }

    private boolean drainedTo(List<Barrier.Count> counts) {
        synchronized (ring) {
            refuseIfClosed();
            ring.drain(taker);
            return IntStream.range(0, received.length)
                    .allMatch(i -> received[i] >= counts.get(i).detailed());
        }
    }

    private void take(ByteBuffer data, int offset) {
        RecordDecoder firing = decoder.show(data, offset);
        received[firing.point()]++;
        sink.accept(firing);
    }

    private void read() {
        while (!closed) {
            synchronized (ring) {
                if (!closed) {
                    ring.drain(taker);
                }
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** The links first: nothing is to fire into what is gone. What the kernel refuses to close keeps nothing else open. */
    private void release() {
        try {
            Release.all(() -> Release.descriptors(kernel, links), this::releaseMemory);
        } finally {
            cleaned.countDown();
        }
    }

    private void releaseMemory() {
        synchronized (ring) {
            closed = true;
            Release.all(ring::close, counters::close);
        }
    }

    private void refuseIfClosed() {
        if (closed) {
            throw new EngineException("The session is closed.");
        }
    }
}
