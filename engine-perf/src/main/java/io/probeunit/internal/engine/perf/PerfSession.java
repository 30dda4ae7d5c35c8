package io.probeunit.internal.engine.perf;

import io.probeunit.internal.concurrent.DaemonThread;
import io.probeunit.internal.concurrent.Interrupts;
import io.probeunit.internal.concurrent.Monitor;
import io.probeunit.internal.engine.Barrier;
import io.probeunit.internal.engine.CallStack;
import io.probeunit.internal.engine.Callers;
import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.engine.FiringSink;
import io.probeunit.internal.engine.Session;
import io.probeunit.internal.engine.SessionRequest;
import io.probeunit.internal.engine.StackQuota;
import io.probeunit.internal.host.Cpus;
import io.probeunit.internal.host.Host;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * A session of perf: one process that records and one that counts.
 *
 * <p>As long as no ring was full, the samples tell everything: to draw a line is to have all rings read. Once one was
 * full, samples may be missing at the end, and the counting process is asked as well. Its counters began a moment later;
 * the difference is found out while nothing fires.
 */
final class PerfSession implements Session, PerfRecords.Listener {

    private static final int CALIBRATIONS = 20;
    private static final int QUIET_TRIES = 3;

    private static final Callers NOT_COPIED =
            () -> new CallStack(List.of(), Optional.of("perf copied neither registers nor stack of this task"));

    private final Host host;
    private final String cpus;
    private final SessionRequest request;
    private final FiringSink sink;
    private final Runnable cleanUp;
    private final Monitor monitor;
    private final Map<Long, FiringDecoder> decoders;
    private final int[] pointOfEvent;
    private final Tally tally;
    private final Quotas quotas;
    private final long[] given;
    private final CountDownLatch cleaned = new CountDownLatch(1);
    private final AtomicBoolean closing = new AtomicBoolean();

    /** One barrier at a time. */
    private final ReentrantLock turn = new ReentrantLock(true);

    private final long[] ahead;
    private final boolean[] aheadKnown;
    private Optional<RecordingTool> recording = Optional.empty();
    private Optional<CountingTool> counting = Optional.empty();
    private SampleCounts latest;
    private boolean discarding;
    private volatile boolean closed;

    /**
     * Creates a session that has no processes yet.
     *
     * @param host whose kernel's firings are seen
     * @param decoders by the number that the kernel gave to each event, in the order of the events
     * @param cleanUp removes what the session's processes used
     */
    PerfSession(
            Host host,
            SessionRequest request,
            Map<Long, FiringDecoder> decoders,
            Monitor monitor,
            FiringSink sink,
            Runnable cleanUp) {
        this.host = host;
        this.cpus = Cpus.online(host.files());
        this.request = request;
        this.decoders = decoders;
        this.monitor = monitor;
        this.sink = sink;
        this.cleanUp = cleanUp;
        this.pointOfEvent = decoders.values().stream()
                .mapToInt(decoder -> decoder.event().point())
                .toArray();
        this.tally = new Tally(pointOfEvent.length);
        this.quotas = new Quotas(request.detailQuota());
        this.given = new long[request.points().size()];
        this.latest = new SampleCounts(tally.counted(), given.clone(), pointOfEvent, false, 0);
        this.ahead = new long[pointOfEvent.length];
        this.aheadKnown = new boolean[pointOfEvent.length];
    }

    /** Waits until both processes count, and compares them. */
    void arm(RecordingTool recordingTool, CountingTool countingTool, Duration timeout) {
        recording = Optional.of(recordingTool);
        counting = Optional.of(countingTool);
        if (!recordingTool.awaitReady(timeout)) {
            throw notArmed(recordingTool.process(), timeout);
        }
        if (!countingTool.awaitReady(timeout)) {
            throw notArmed(countingTool.process(), timeout);
        }
        for (int i = 0; i < CALIBRATIONS && !isCalibrated(); i++) {
            calibrate(countingTool);
        }
    }

    @Override
    public Barrier openWindow(Set<Integer> wanted) {
        return openWindow(wanted, Map.of());
    }

    @Override
    public Barrier openWindow(Set<Integer> wanted, Map<Integer, StackQuota> stacks) {
        // also before, so that what fires while the line is drawn has details
        allow(wanted, stacks);
        Barrier barrier = barrier();
        allow(wanted, stacks);
        return barrier;
    }

    @Override
    public Barrier barrier() {
        turn.lock();
        try {
            refuseIfEnded();
            long nanos = host.nanos();
            SampleCounts samples = drain();
            return new Barrier(nanos, samples.mayMiss() ? counted() : samples.counts(samples.fired()));
        } finally {
            turn.unlock();
        }
    }

    @Override
    public boolean isAlive() {
        return !closed
                && recording.filter(r -> r.process().isAlive()).isPresent()
                && counting.filter(c -> c.process().isAlive()).isPresent();
    }

    @Override
    public void close() {
        closed = true;
        if (closing.compareAndSet(false, true)) {
            DaemonThread.start("probeunit-perf-close", this::release);
        }
    }

    @Override
    public boolean awaitClosed(Duration timeout) throws InterruptedException {
        return cleaned.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void sample(long source, long config, Sample sample) {
        FiringDecoder decoder = decoders.get(config);
        if (decoder != null) {
            take(decoder, source, sample);
        }
    }

    /** Between two samples, so that counters and details are of the same ones. */
    @Override
    public void acknowledged() {
        monitor.change(() -> latest =
                new SampleCounts(tally.counted(), given.clone(), pointOfEvent, tally.mayMiss(), tally.doubts()));
    }

    @Override
    public void round(long bytes) {
        monitor.change(() -> tally.round(bytes));
    }

    @Override
    public void lost() {
        monitor.change(tally::lost);
    }

    private void take(FiringDecoder decoder, long source, Sample sample) {
        int point = decoder.event().point();
        boolean wanted = monitor.get(() -> {
            boolean isNew = tally.sample(decoder.event().number(), source, sample.count());
            return isNew && !discarding && quotas.take(point, source);
        });
        if (wanted) {
            // the firing is with the sink before it is counted as such
            sink.accept(decoder.decode(sample, callers(point, sample)));
            monitor.get(() -> given[point]++);
        }
    }

    private Callers callers(int point, Sample sample) {
        return sample.user()
                .filter(stack -> monitor.get(() -> quotas.takeStack(point)))
                .map(stack -> stack.copy(SampledRegisters.of(host.kernel().machine()))
                        .map(copy -> sink.copied(sample.pid(), copy))
                        .orElse(NOT_COPIED))
                .orElse(Callers.NONE);
    }

    /** Gives new quotas of details and of stacks. */
    void allow(Set<Integer> wanted, Map<Integer, StackQuota> stacks) {
        monitor.change(() -> quotas.renew(wanted, stacks));
    }

    private SampleCounts drain() {
        recording.orElseThrow().drain();
        return monitor.get(() -> latest);
    }

    /**
     * What the counting process tells, at a moment at which nothing fires, so that samples and counters are of the same
     * firings. Where there is no such moment, details that come while it is asked are thrown away, and so are counted as
     * dropped.
     */
    private List<Barrier.Count> counted() {
        CountingTool counters = counting.orElseThrow();
        refuseUncalibrated();
        for (int i = 0; i < QUIET_TRIES; i++) {
            long[] before = counters.read();
            SampleCounts samples = drain();
            long[] after = counters.read();
            if (Arrays.equals(before, after)) {
                long[] fired = since(after);
                if (Arrays.equals(fired, samples.fired())) {
                    monitor.change(() -> tally.nothingMissed(samples.doubts()));
                }
                return samples.counts(fired);
            }
        }
        monitor.change(() -> discarding = true);
        try {
            long[] last = counters.read();
            return drain().counts(since(last));
        } finally {
            monitor.change(() -> discarding = false);
        }
    }

    private long[] since(long[] counters) {
        return IntStream.range(0, counters.length)
                .mapToLong(event -> counters[event] + ahead[event])
                .toArray();
    }

    /** The samples began first. What they are ahead is exact for an event that did not fire while both were read. */
    private void calibrate(CountingTool counters) {
        long[] before = counters.read();
        SampleCounts samples = drain();
        long[] after = counters.read();
        for (int event = 0; event < ahead.length; event++) {
            if (!aheadKnown[event] && before[event] == after[event]) {
                ahead[event] = samples.fired()[event] - after[event];
                aheadKnown[event] = true;
            }
        }
    }

    private boolean isCalibrated() {
        return IntStream.range(0, aheadKnown.length).allMatch(event -> aheadKnown[event]);
    }

    private void refuseUncalibrated() {
        List<String> unknown = IntStream.range(0, aheadKnown.length)
                .filter(event -> !aheadKnown[event])
                .mapToObj(event -> request.points().get(pointOfEvent[event]).name())
                .distinct()
                .toList();
        if (!unknown.isEmpty()) {
            throw new EngineException(
                    "perf dropped samples, and %s fired without a pause while the probes were armed, so its exact count is not known. Let the container rest when the first test begins, or use another engine."
                            .formatted(String.join(", ", unknown)));
        }
    }

    private void release() {
        try {
            recording.ifPresent(tool -> tool.process().stop());
            counting.ifPresent(tool -> tool.process().stop());
            recording.ifPresent(PerfSession::awaitEnd);
            counting.ifPresent(tool -> awaitEnd(tool.process()));
            cleanUp.run();
        } finally {
            cleaned.countDown();
        }
    }

    private static void awaitEnd(RecordingTool tool) {
        awaitEnd(tool.process());
    }

    private static void awaitEnd(ToolProcess process) {
        Interrupts.orElse(false, () -> process.awaitEnded(Duration.ofMinutes(1)));
    }

    private void refuseIfEnded() {
        if (closed) {
            throw new EngineException("The session is closed.");
        }
        String now = Cpus.online(host.files());
        if (!now.equals(cpus)) {
            // so that the next test has one that sees all
            close();
            throw new EngineException(
                    "CPUs %s were online when perf armed the probes, and now CPUs %s are: it does not count on CPUs that came later, so the counts of this test are not known. The next test is armed again."
                            .formatted(cpus, now));
        }
        for (ToolProcess process : List.of(
                recording.orElseThrow().process(), counting.orElseThrow().process())) {
            if (!process.isAlive()) {
                throw new EngineException("The session with perf is lost: %s.".formatted(process.story()));
            }
        }
    }

    private static EngineException notArmed(ToolProcess process, Duration timeout) {
        return new EngineException(
                process.isAlive()
                        ? "perf did not arm the probes within %d s (probeunit.arm.timeout) (PU1113): %s. A probe point that fires without a pause can keep it from that; let the container rest when the first test begins, or use another engine."
                                .formatted(timeout.toSeconds(), process.story())
                        : "perf ended before it had armed the probes: %s.".formatted(process.story()));
    }
}
