package io.probeunit.internal.concurrent;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A lock, and waiting for what other threads change under it. An interrupted thread stays interrupted, but waits: a
 * test may leave its thread interrupted, and is still judged. A thread that holds it may take it again. Thread-safe.
 */
public final class Monitor {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /**
     * Reads what others change.
     *
     * @param <T> what is read
     * @param reading runs with the lock held, also while it waits in {@link #await}
     * @return what it read
     */
    public <T> T get(Supplier<T> reading) {
        lock.lock();
        try {
            return reading.get();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Changes what others wait for.
     *
     * @param change runs with the lock held
     */
    public void change(Runnable change) {
        prepare(() -> {
            change.run();
            changed.signalAll();
        });
    }

    /**
     * Changes something without waking waiting threads: they see it at the next {@link #change}.
     *
     * @param change runs with the lock held
     */
    public void prepare(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until a condition holds.
     *
     * @param timeout how long at most
     * @param condition looked at with the lock held: at once, and after each change
     * @return false if the time is over
     */
    public boolean await(Duration timeout, BooleanSupplier condition) {
        Deadline deadline = Deadline.after(timeout);
        return get(() -> Interrupts.defer(() -> {
            while (!condition.getAsBoolean()) {
                if (deadline.isOver()) {
                    return false;
                }
                changed.awaitNanos(deadline.nanosLeft());
            }
            return true;
        }));
    }
}
