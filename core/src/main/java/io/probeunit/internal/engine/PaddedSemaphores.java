package io.probeunit.internal.engine;

import io.probeunit.internal.binary.BinaryException;
import io.probeunit.internal.binary.CodePadding;
import io.probeunit.internal.concurrent.DaemonThread;
import io.probeunit.internal.concurrent.Interrupts;
import io.probeunit.internal.engine.SemaphoreUprobes.Attempt;
import io.probeunit.internal.engine.SemaphoreUprobes.Held;
import io.probeunit.internal.engine.SemaphoreUprobes.Taken;
import io.probeunit.internal.host.FileContent;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.HostException;
import io.probeunit.internal.targets.TargetFile;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** Holds semaphores with uprobes in the padding behind the code, and between functions, which is never executed. */
public final class PaddedSemaphores implements SemaphoreKeeper {

    private static final int MOST_SHIFTS = 16;

    private final SemaphoreUprobes uprobes;

    /**
     * Creates a keeper that holds nothing yet.
     *
     * @param uprobes what it holds them with
     */
    public PaddedSemaphores(SemaphoreUprobes uprobes) {
        this.uprobes = uprobes;
    }

    @Override
    public Hold hold(Host host, TargetFile file, Set<Long> semaphores) {
        return hold(host, file, semaphores, padding(host, file, semaphores.size()));
    }

    @Override
    public Hold mark(Host host, TargetFile file, int place) {
        Attempt attempt = uprobes.put(host, file, Map.of(SemaphoreUprobes.NONE, place));
        if (attempt instanceof Taken taken) {
            throw taken.refusal();
        }
        return released((Held) attempt);
    }

    /** Reads each file once. */
    @Override
    public SemaphoreKeeper ofSession() {
        Map<TargetFile, List<Integer>> paddings = new ConcurrentHashMap<>();
        return (host, file, semaphores) -> hold(
                host,
                file,
                semaphores,
                paddings.compute(
                        file,
                        (f, known) -> known != null && known.size() >= semaphores.size()
                                ? known
                                : padding(host, f, semaphores.size())));
    }

    /** Moves on where somebody else, who holds more or fewer semaphores, has taken a place for another one. */
    private Hold hold(Host host, TargetFile file, Set<Long> semaphores, List<Integer> padding) {
        if (padding.size() < semaphores.size()) {
            throw new EngineException(
                    "%d semaphores of %s must be held, but there are only %d unused bytes behind its code and between its functions for that (PU1119)."
                            .formatted(semaphores.size(), file.path(), padding.size()));
        }
        for (int shift = 0; ; shift++) {
            Attempt attempt = uprobes.put(host, file, SemaphorePlaces.of(padding, semaphores, shift));
            if (attempt instanceof Held held) {
                return released(held);
            }
            if (attempt instanceof Taken taken && shift == Math.min(MOST_SHIFTS, padding.size() - 1)) {
                throw taken.refusal();
            }
        }
    }

    private static Hold released(Held held) {
        return new ReleasedOnce(held.release(), new AtomicBoolean(), new CountDownLatch(1));
    }

    private static List<Integer> padding(Host host, TargetFile file, int needed) {
        try {
            FileContent content = host.files().content(file.hostPath());
            List<Integer> behind = CodePadding.offsets(content, file.path());
            return behind.size() >= needed
                    ? behind
                    : Stream.concat(behind.stream(), CodePadding.betweenFunctions(content, file.path()).stream())
                            .toList();
        } catch (BinaryException | HostException e) {
            throw new EngineException(
                    "No place was found in %s to hold semaphores from (PU1120): %s"
                            .formatted(file.path(), e.getMessage()),
                    e);
        }
    }

    /** Releasing takes some tens of milliseconds, and no thread needs to wait for it. */
    private record ReleasedOnce(Runnable release, AtomicBoolean closed, CountDownLatch released) implements Hold {
        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                DaemonThread.start("probeunit-semaphores-close", this::letGo);
            }
        }

        @Override
        public void closeNow() {
            if (closed.compareAndSet(false, true)) {
                letGo();
                return;
            }
            Interrupts.orStop(() -> released.await());
        }

        private void letGo() {
            try {
                release.run();
            } finally {
                released.countDown();
            }
        }
    }
}
