package io.probeunit.junit;

import io.probeunit.engine.CodeUse;
import io.probeunit.engine.EngineException;
import io.probeunit.engine.Lookout;
import io.probeunit.engine.ProbePoint;
import io.probeunit.recording.MappingWatch;
import io.probeunit.recording.ProcessWatch;
import io.probeunit.recording.SemaphoreWatch;
import io.probeunit.recording.TargetWatch;
import io.probeunit.target.CountersInMemory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What looks beside the probes of one session; it begins while the probes are armed, and a window waits until it does. */
final class SessionLookout implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(SessionLookout.class.getName());

    private final String target;
    private final CountersInMemory counters;
    private final CodeUse use;
    private final CompletableFuture<Optional<Lookout.Watch>> looking;
    private final CountDownLatch closed = new CountDownLatch(1);

    private SessionLookout(
            String target, CountersInMemory counters, CodeUse use, CompletableFuture<Optional<Lookout.Watch>> looking) {
        this.target = target;
        this.counters = counters;
        this.use = use;
        this.looking = looking;
    }

    static SessionLookout begin(SessionJob job, List<ProbePoint> points) {
        return new SessionLookout(
                job.target().name(),
                new CountersInMemory(job.equipment().host(), job.target()),
                new CodeUse(job.equipment().host(), job.target()),
                CompletableFuture.supplyAsync(() -> open(job, points), SessionLookout::start));
    }

    /** Opens a session; what looks is given back where that fails. */
    <T> T beside(Supplier<T> session) {
        try {
            return session.get();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** What a person should know who relies on returns, where the kernel cannot be asked. */
    List<String> blindness() {
        return looking.join().isPresent()
                ? List.of()
                : List.of(
                        "nobody looks whether calls on %s are nested so deep that returns are not seen (64 in a thread), or whether a return probe ends a process: this host lacks what that needs"
                                .formatted(target));
    }

    /** Sees less where the kernel cannot be asked. */
    TargetWatch watch() {
        return points -> watch(looking.join()).begin(points);
    }

    private TargetWatch watch(Optional<Lookout.Watch> watch) {
        TargetWatch semaphores = new SemaphoreWatch(
                counters,
                () -> watch.map(w -> OptionalLong.of(w.seen().started())).orElse(OptionalLong.empty()));
        return watch.map(w -> TargetWatch.all(
                        List.of(new ProcessWatch(target, w), new MappingWatch(target, w, use::unseen), semaphores)))
                .orElse(semaphores);
    }

    /** Begins to close it, and returns at once. */
    @Override
    public void close() {
        looking.thenAcceptAsync(watch -> watch.ifPresent(Lookout.Watch::close), SessionLookout::start)
                .whenComplete((done, failure) -> closed.countDown());
    }

    /** Waits until it is closed, but not for ever. */
    void awaitClosed(Duration timeout) {
        try {
            closed.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Optional<Lookout.Watch> open(SessionJob job, List<ProbePoint> points) {
        Equipment equipment = job.equipment();
        try {
            return Optional.of(equipment.lookout().watch(equipment.host(), job.target(), points));
        } catch (EngineException e) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "What becomes of the processes of {0} is not looked at: {1}",
                    job.target().name(),
                    e.getMessage());
            return Optional.empty();
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "probeunit-lookout");
        thread.setDaemon(true);
        thread.start();
    }
}
