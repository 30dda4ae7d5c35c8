package io.probeunit.internal.engine.uprobe;

import io.probeunit.internal.concurrent.DaemonThread;
import io.probeunit.internal.concurrent.Deadline;
import io.probeunit.internal.engine.Barrier;
import io.probeunit.internal.engine.Barrier.Judged;
import io.probeunit.internal.engine.CallStack;
import io.probeunit.internal.engine.Callers;
import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.engine.FiringSink;
import io.probeunit.internal.engine.IntegerFilter;
import io.probeunit.internal.engine.Session;
import io.probeunit.internal.engine.SessionRequest;
import io.probeunit.internal.engine.StackQuota;
import io.probeunit.internal.host.Cpus;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.kernel.Answer;
import io.probeunit.internal.kernel.Batch;
import io.probeunit.internal.kernel.Clock;
import io.probeunit.internal.kernel.Glance;
import io.probeunit.internal.kernel.Kernel;
import io.probeunit.internal.kernel.KernelException;
import io.probeunit.internal.kernel.LocalKernel;
import io.probeunit.internal.kernel.Ring;
import io.probeunit.internal.plan.Doubt;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A session of the built-in engine. Reading the counters is the barrier: a firing is counted by the thread that fired,
 * before it goes on.
 */
final class UprobeSession implements Session {

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    /** Each look elsewhere is a journey; the ring holds what a window may bring, mostly. */
    private static final long POLL_ELSEWHERE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** Stacks that may wait until somebody reads; a firing goes without if there are more. */
    private static final long MOST_STACKS = 8;

    private static final Duration RECORDS = Duration.ofSeconds(5);

    private static final Callers UNSEEN = () -> new CallStack(
            List.of(),
            Optional.of(
                    "its process is in a PID namespace that the host does not see, so what it has mapped is not known"));

    private final Kernel kernel;
    private final Clock clock;
    private final int detailQuota;
    private final FiringSink sink;
    private final CounterMap counters;
    private final RecordRing records;
    private final Optional<CallTimes> times;
    private final Optional<CgroupToCome> cgroupToCome;
    private final Ring ring;
    private final RecordDecoder decoder;
    private final PtRegs registers;
    private final Optional<PidNumbers> numbers;
    private final Ring.Taker taker = this::take;
    private final List<List<IntegerFilter>> filters;
    private final List<Integer> links = new ArrayList<>();
    private final long[] received;
    private final CountDownLatch cleaned = new CountDownLatch(1);
    private volatile boolean closed;
    /** The way to the kernel is gone, and with it all that the kernel had lent. */
    private volatile boolean lost;

    private UprobeSession(Host host, SessionRequest request, Sites sites, FiringSink sink) {
        this.kernel = host.calls();
        this.clock = kernel.clock();
        Bpf bpf = new Bpf(kernel);
        int cpus = Cpus.possible(host.files());
        this.detailQuota = request.detailQuota();
        this.sink = sink;
        int points = request.points().size();
        this.received = new long[points];
        this.filters = request.points().stream().map(SiteFilter::judgedBy).toList();
        int mostFilters = filters.stream().mapToInt(List::size).max().orElse(0);
        this.counters = new CounterMap(kernel, bpf, points, mostFilters, cpus);
        try {
            this.records = RecordRing.of(kernel, bpf, RecordRing.size(detailsOfAWindow(host, request, sites, cpus)));
        } catch (EngineException e) {
            counters.close();
            throw e;
        }
        try {
            this.times = sites.layouts().stream().anyMatch(Layout::isTimed)
                    ? Optional.of(new CallTimes(kernel, bpf, Registers.of(kernel.machine())))
                    : Optional.empty();
        } catch (EngineException e) {
            Release.after(e, records::close, counters::close);
            throw e;
        }
        try {
            this.cgroupToCome =
                    request.target().notStarted().map(created -> CgroupToCome.of(kernel, bpf, request.target()));
        } catch (EngineException e) {
            Release.after(e, () -> times.ifPresent(CallTimes::close), records::close, counters::close);
            throw e;
        }
        this.ring = records.ring();
        this.decoder = new RecordDecoder(sites.layouts());
        this.registers = Registers.of(kernel.machine());
        this.numbers = PidNumbers.of(host.files());
    }

    /** Bytes of all records that a window's quota allows; the kernel takes time to make a ring, and clears all of it. */
    private static long detailsOfAWindow(Host host, SessionRequest request, Sites sites, int cpus) {
        long largest = sites.layouts().stream().mapToLong(Layout::bytes).max().orElse(0);
        return (largest + RecordRing.HEADER)
                        * request.detailQuota()
                        * request.points().size()
                        * cpus
                + MOST_STACKS * StackRecord.bytes(Registers.of(host.calls().machine()));
    }

    static UprobeSession open(Host host, Attacher attacher, SessionRequest request, Sites sites, FiringSink sink) {
        UprobeSession session = new UprobeSession(host, request, sites, sink);
        try {
            session.arm(host, attacher, request, sites);
            DaemonThread.start("probeunit-uprobe-ring", session::read);
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
        return openWindow(wanted, Map.of());
    }

    @Override
    public Barrier openWindow(Set<Integer> wanted, Map<Integer, StackQuota> stacks) {
        Barrier barrier = barrier(batch -> counters.allow(batch, wanted, stacks, detailQuota));
        synchronized (ring) {
            refuseIfClosed();
            if (counters.allows(wanted, detailQuota)) {
                return barrier;
            }
        }
        // details came since the last barrier, so that the quota counted from there is not the whole
        return barrier(batch -> counters.allow(batch, wanted, stacks, detailQuota));
    }

    @Override
    public Barrier barrier() {
        return barrier(batch -> {});
    }

    /** One journey, unless records are missing that were counted. */
    private Barrier barrier(Consumer<Batch> before) {
        Barrier barrier = counts(before);
        awaitRecords(barrier.counts());
        return barrier;
    }

    @Override
    public Optional<Doubt> doubt() {
        synchronized (ring) {
            refuseIfClosed();
            return cgroupToCome.flatMap(CgroupToCome::doubt);
        }
    }

    @Override
    public boolean isAlive() {
        return !closed && !lost;
    }

    @Override
    public void close() {
        synchronized (ring) {
            if (closed) {
                return;
            }
            closed = true;
        }
        DaemonThread.start("probeunit-uprobe-close", this::release);
    }

    @Override
    public boolean awaitClosed(Duration timeout) throws InterruptedException {
        return cleaned.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Entries first: a call whose return alone is armed would have no time. */
    private void arm(Host host, Attacher attacher, SessionRequest request, Sites sites) {
        TaskFilter filter = cgroupToCome
                .<TaskFilter>map(coming -> coming)
                .orElseGet(() -> TaskFilter.of(request.target().cgroup()));
        cgroupToCome.ifPresent(coming -> links.add(coming.await(host, new Bpf(kernel))));
        times.ifPresent(calls -> links.addAll(attacher.attach(
                new Attacher.ProgramText(cookie -> calls.entries(filter, cookie), false), sites.timedEntries())));
        Attacher.ProgramText program = new Attacher.ProgramText(
                cookie -> CountingProgram.write(
                        filter,
                        request.points().size(),
                        counters,
                        records,
                        sites.layouts(),
                        times,
                        cookie,
                        registers,
                        numbers),
                sites.layouts().stream().anyMatch(Layout::reads));
        links.addAll(attacher.attach(program, sites.sites()));
    }

    /** Under the lock, since the counters' memory is gone once the session is closed. */
    private Barrier counts(Consumer<Batch> before) {
        synchronized (ring) {
            refuseIfClosed();
            // before the counters: a call that returns in between is in both, and not in neither
            Map<Integer, List<Long>> running = times.map(CallTimes::running).orElse(Map.of());
            Batch batch = new Batch();
            before.accept(batch);
            List<Glance> glances = new ArrayList<>(List.of(clock, counters.glance()));
            cgroupToCome.map(CgroupToCome::glance).ifPresent(glances::add);
            glances.add(ring);
            look(batch, glances.toArray(Glance[]::new));
            // the reader looks again, and what was found but not taken would be gone
            ring.take(taker);
            return new Barrier(
                    clock.nanos(),
                    IntStream.range(0, received.length)
                            .mapToObj(point -> count(point, running.getOrDefault(point, List.of())))
                            .toList());
        }
    }

    private Barrier.Count count(int point, List<Long> running) {
        // Detailed first: between the two reads a firing can only be missed, not counted twice.
        long detailed = counters.sum(point, CounterMap.DETAILED);
        long plain = counters.sum(point, CounterMap.PLAIN);
        return new Barrier.Count(detailed + plain, detailed, judged(point, plain), running);
    }

    private Map<IntegerFilter, Judged> judged(int point, long plain) {
        Map<IntegerFilter, Judged> judged = new HashMap<>();
        List<IntegerFilter> all = filters.get(point);
        for (int i = 0; i < all.size(); i++) {
            long undecided = counters.sum(point, counters.undecided(i));
            judged.put(all.get(i), new Judged(plain - undecided, counters.sum(point, counters.satisfied(i))));
        }
        return judged;
    }

    private void awaitRecords(List<Barrier.Count> counts) {
        Deadline deadline = Deadline.after(RECORDS);
        while (!drainedTo(counts)) {
            if (deadline.isOver()) {
                throw new EngineException("Records of the ring buffer that were counted did not arrive within %d s."
                        .formatted(RECORDS.toSeconds()));
            }
            Thread.onSpinWait();
        }
    }

    private boolean drainedTo(List<Barrier.Count> counts) {
        synchronized (ring) {
            refuseIfClosed();
            if (isDrainedTo(counts)) {
                return true;
            }
            look(new Batch(), ring);
            ring.take(taker);
            return isDrainedTo(counts);
        }
    }

    private boolean isDrainedTo(List<Barrier.Count> counts) {
        return IntStream.range(0, received.length)
                .allMatch(i -> received[i] >= counts.get(i).detailed());
    }

    /** In one journey: the time, the counters, then the ring, which has what they count. */
    private void look(Batch batch, Glance... glances) {
        List.of(glances).forEach(glance -> glance.ask(batch));
        if (!batch.isEmpty()) {
            try {
                Answer answer = kernel.call(batch);
                List.of(glances).forEach(glance -> glance.told(answer));
            } catch (KernelException e) {
                lost |= e.isUnreachable();
                throw new EngineException(
                        "The session of the built-in engine is lost (PU1044): %s".formatted(e.getMessage()), e);
            }
        }
    }

    private void take(ByteBuffer data, int offset, int length) {
        if (StackRecord.isAt(data, offset)) {
            OptionalInt process = StackRecord.process(data, offset);
            decoder.follows(
                    StackRecord.tid(data, offset),
                    process.isPresent()
                            ? sink.copied(process.getAsInt(), StackRecord.copy(data, offset, registers))
                            : UNSEEN);
            return;
        }
        RecordDecoder firing = decoder.show(data, offset);
        received[firing.point()]++;
        sink.accept(firing);
    }

    private void read() {
        try {
            while (isAlive()) {
                readOnce();
                LockSupport.parkNanos(kernel instanceof LocalKernel ? POLL_NANOS : POLL_ELSEWHERE_NANOS);
            }
        } catch (EngineException e) {
            // the next barrier reports it
            lost = true;
        }
    }

    private void readOnce() {
        synchronized (ring) {
            if (!closed) {
                look(new Batch(), ring);
                ring.take(taker);
            }
        }
    }

    /** The links first: nothing is to fire into what is gone. What the kernel refuses to close keeps nothing else open. */
    private void release() {
        try {
            Release.all(() -> Release.probes(kernel, links), this::releaseMemory);
        } finally {
            cleaned.countDown();
        }
    }

    private void releaseMemory() {
        synchronized (ring) {
            closed = true;
            Release.all(
                    () -> times.ifPresent(CallTimes::close),
                    () -> cgroupToCome.ifPresent(CgroupToCome::close),
                    records::close,
                    counters::close);
        }
    }

    private void refuseIfClosed() {
        if (closed) {
            throw new EngineException("The session is closed.");
        }
    }
}
