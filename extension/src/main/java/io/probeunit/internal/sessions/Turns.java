package io.probeunit.internal.sessions;

import io.probeunit.ProbeException;
import io.probeunit.internal.concurrent.Interrupts;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Makes tests that probe the same container take turns, in the order of their requests. Thread-safe.
 *
 * <p>JUnit's own locks are by field. These are by container, for containers in several fields or in no field. A test
 * takes all its containers in the order of their ids, so that no two tests wait for each other.
 */
public final class Turns {

    private static final class Lock {
        private final Semaphore semaphore = new Semaphore(1, true);
        private volatile String holder = "nobody";
        private volatile Optional<Thread> thread = Optional.empty();

        void given(String test) {
            holder = test;
            thread = Optional.of(Thread.currentThread());
        }

        void giveBack() {
            holder = "nobody";
            thread = Optional.empty();
            semaphore.release();
        }

        /** Waits as JUnit's own locks do: its pool runs other tests meanwhile, on another thread. */
        boolean await(Duration timeout) throws InterruptedException {
            Wait wait = new Wait(semaphore, timeout);
            ForkJoinPool.managedBlock(wait);
            return wait.taken;
        }
    }

    private static final class Wait implements ForkJoinPool.ManagedBlocker {
        private final Semaphore semaphore;
        private final Duration timeout;
        private boolean taken;

        Wait(Semaphore semaphore, Duration timeout) {
            this.semaphore = semaphore;
            this.timeout = timeout;
        }

        @Override
        public boolean block() throws InterruptedException {
            taken = taken || semaphore.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        }

        /** Without waiting, and without passing those by who wait, as tryAcquire() would. */
        @Override
        public boolean isReleasable() {
            try {
                taken = taken || semaphore.tryAcquire(0, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                // block() reports it
                Thread.currentThread().interrupt();
            }
            return taken;
        }
    }

    private final Map<String, Lock> locks = new ConcurrentHashMap<>();
    private final Duration timeout;

    public Turns(Duration timeout) {
        this.timeout = timeout;
    }

    /** The turn of one test. It may be given back by another thread than the one that took it. */
    public static final class Turn implements AutoCloseable {
        private final Deque<Lock> held = new ArrayDeque<>();
        private final AtomicBoolean over = new AtomicBoolean();

        private Turn() {}

        /** Gives the turn back. Does nothing the second time. */
        @Override
        public void close() {
            if (over.compareAndSet(false, true)) {
                held.forEach(Lock::giveBack);
            }
        }
    }

    /**
     * Waits for a turn at containers.
     *
     * @param containerIds all containers that the test watches
     * @param test for messages
     * @throws ProbeException if other tests keep one of them for too long, the thread is interrupted, or the test whose
     *     turn it is runs further down on this very thread
     */
    public Turn take(Collection<String> containerIds, String test) {
        Turn turn = new Turn();
        try {
            for (String id : new TreeSet<>(containerIds)) {
                Lock lock = locks.computeIfAbsent(id, key -> new Lock());
                take(lock, id, test);
                turn.held.push(lock);
            }
        } catch (RuntimeException e) {
            turn.close();
            throw e;
        }
        return turn;
    }

    private void take(Lock lock, String id, String test) {
        if (lock.thread.filter(t -> t == Thread.currentThread()).isPresent()) {
            throw new ProbeException(
                    "JUnit runs %s in the middle of %s, on the same thread, and both watch container %.12s, so neither could continue (PU0422). It does so if a test waits for others, such as dynamic tests in parallel. Put @Execution(ExecutionMode.SAME_THREAD) on %2$s, or give each test its own container."
                            .formatted(test, lock.holder, id));
        }
        boolean given = Interrupts.orThrow(
                e -> new ProbeException(
                        "%s was interrupted while it waited for its turn at container %.12s, which %s watches (PU0424)."
                                .formatted(test, id, lock.holder),
                        e),
                () -> lock.await(timeout));
        if (!given) {
            throw new ProbeException(
                    "%s waited %d s for its turn at container %.12s, which %s still watches (PU0423). Tests that watch one container run one after the other; give each its own container, or do not run them in parallel."
                            .formatted(test, timeout.toSeconds(), id, lock.holder));
        }
        lock.given(test);
    }
}
