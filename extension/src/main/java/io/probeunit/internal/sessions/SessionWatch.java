package io.probeunit.internal.sessions;

import io.probeunit.internal.concurrent.DaemonThread;
import io.probeunit.internal.concurrent.Interrupts;
import io.probeunit.internal.engine.CodeUse;
import io.probeunit.internal.engine.CodeUse.Code;
import io.probeunit.internal.engine.CodeUse.Sight;
import io.probeunit.internal.engine.CodeUse.Unseen;
import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.engine.KernelWatch;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.hosts.HostEngines;
import io.probeunit.internal.targets.CountersInMemory;
import io.probeunit.internal.targets.Target;
import io.probeunit.internal.targets.TargetFiles;
import io.probeunit.internal.watch.CodeWatch;
import io.probeunit.internal.watch.CopiedFiles;
import io.probeunit.internal.watch.FilesWatch;
import io.probeunit.internal.watch.ProcessWatch;
import io.probeunit.internal.watch.SemaphoreWatch;
import io.probeunit.internal.watch.TargetWatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The observation beside the probes of one session. It starts while the probes are armed, and a window waits until it
 * has started.
 */
final class SessionWatch implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(SessionWatch.class.getName());

    private final String target;
    private final CompletableFuture<Optional<KernelWatch.Running>> looking;
    private final CompletableFuture<TargetWatch> watch;
    private final CountDownLatch closed = new CountDownLatch(1);

    private SessionWatch(
            SessionJob job, List<ProbePoint> points, CompletableFuture<Optional<KernelWatch.Running>> looking) {
        this.target = job.target().name();
        this.looking = looking;
        this.watch = looking.thenApply(kernelWatch -> watch(job.target(), job.hostEngines(), points, kernelWatch));
    }

    static SessionWatch begin(SessionJob job, List<ProbePoint> points) {
        return new SessionWatch(
                job, points, CompletableFuture.supplyAsync(() -> open(job, points), SessionWatch::start));
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
    List<String> notes() {
        return looking.join().isPresent()
                ? List.of()
                : List.of(
                        "on %s, it is not checked whether calls are nested so deep that returns are not seen (64 in a thread), or whether a return probe ends a process: this host cannot do that"
                                .formatted(target));
    }

    /** Sees less where the kernel cannot be asked. */
    TargetWatch watch() {
        return points -> watch.join().begin(points);
    }

    private static TargetWatch watch(
            Target target,
            HostEngines hostEngines,
            List<ProbePoint> points,
            Optional<KernelWatch.Running> kernelWatch) {
        Host host = hostEngines.host();
        TargetFiles targetFiles = new TargetFiles(host);
        List<TargetWatch> watches = new ArrayList<>();
        watches.add(new FilesWatch(host.files(), targetFiles, target, points));
        watches.add(new CopiedFiles(host, targetFiles, target, hostEngines.semaphores()));
        kernelWatch.ifPresent(sees -> watches.add(new ProcessWatch(target.name(), sees)));
        // inside a container this took a tenth of a second once; it was not measured again
        watches.add(new CodeWatch(
                target.name(), new RealProcessCode(new CodeUse(host, target), kernelWatch), !host.endsWithTarget()));
        watches.add(new SemaphoreWatch(
                () -> new CountersInMemory(host, target).look()::zeros,
                () -> kernelWatch
                        .map(sees -> OptionalLong.of(sees.events().started()))
                        .orElse(OptionalLong.empty())));
        return TargetWatch.all(watches);
    }

    private record RealProcessCode(CodeUse use, Optional<KernelWatch.Running> kernelWatch)
            implements CodeWatch.ProcessCode {
        @Override
        public Sight look(Collection<Code> codes) {
            return use.look(codes);
        }

        @Override
        public KernelWatch.Mappings mapped() {
            return kernelWatch.map(KernelWatch.Running::mapped).orElse(KernelWatch.Mappings.UNKNOWN);
        }

        @Override
        public List<Unseen> unseen(Collection<Code> codes, List<KernelWatch.Mapped> mapped) {
            return use.unseen(codes, mapped);
        }
    }

    /** Begins to close it, and returns at once. */
    @Override
    public void close() {
        looking.thenAcceptAsync(watch -> watch.ifPresent(KernelWatch.Running::close), SessionWatch::start)
                .whenComplete((done, failure) -> closed.countDown());
    }

    /** Waits until it is closed, but not for ever. */
    void awaitClosed(Duration timeout) {
        Interrupts.orElse(false, () -> closed.await(timeout.toNanos(), TimeUnit.NANOSECONDS));
    }

    private static Optional<KernelWatch.Running> open(SessionJob job, List<ProbePoint> points) {
        HostEngines hostEngines = job.hostEngines();
        try {
            return Optional.of(hostEngines.kernelWatch().begin(hostEngines.host(), job.target(), points));
        } catch (EngineException e) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "Ends of the processes of {0} are not observed: {1}",
                    job.target().name(),
                    e.getMessage());
            return Optional.empty();
        }
    }

    private static void start(Runnable work) {
        DaemonThread.start("probeunit-kernel-watch", work);
    }
}
