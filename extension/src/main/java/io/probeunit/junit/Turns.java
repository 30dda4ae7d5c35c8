package io.probeunit.junit;

import io.probeunit.ProbeException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Makes tests that watch the same container take turns, in the order in which they come. Thread-safe.
 *
 * <p>JUnit's own locks are by field; these are by container, for one that several fields hold, and for one that no field
 * holds. All containers of a test are taken in the order of their ids, so that no two tests wait for each other.
 */
final class Turns {

    private static final class Lock {
        private final Semaphore semaphore = new Semaphore(1, true);
        private volatile String holder = "nobody";
    }

    private final Map<String, Lock> locks = new ConcurrentHashMap<>();
    private final Duration timeout;

    Turns(Duration timeout) {
        this.timeout = timeout;
    }

    /** The turn of one test. It may be given back by another thread than the one that took it. */
    static final class Turn implements AutoCloseable {
        private final Deque<Lock> held = new ArrayDeque<>();
        private final AtomicBoolean over = new AtomicBoolean();

        private Turn() {}

        /** Gives the turn back. Does nothing the second time. */
        @Override
        public void close() {
            if (over.compareAndSet(false, true)) {
                held.forEach(lock -> {
                    lock.holder = "nobody";
                    lock.semaphore.release();
                });
            }
        }
    }

    /**
     * Waits for a turn at containers.
     *
     * @param containerIds all containers that the test watches
     * @param test for messages
     * @throws ProbeException if other tests keep one of them for too long, or the thread is interrupted
     */
    Turn take(Collection<String> containerIds, String test) {
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
        try {
            if (!lock.semaphore.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ProbeException(
                        "%s waited %d s for its turn at container %.12s, which %s still watches. Tests that watch one container run one after the other; give them containers of their own, or don't run them in parallel."
                                .formatted(test, timeout.toSeconds(), id, lock.holder));
            }
            lock.holder = test;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProbeException(
                    "%s was interrupted while it waited for its turn at container %.12s, which %s watches."
                            .formatted(test, id, lock.holder),
                    e);
        }
    }
}
