package io.probeunit.internal.concurrent;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A moment until which something is waited for, by the clock of this JVM.
 *
 * @param end in the nanoseconds of {@link System#nanoTime()}
 */
public record Deadline(long end) {

    /**
     * A moment in the future.
     *
     * @param patience from now
     * @return that moment
     */
    public static Deadline after(Duration patience) {
        return new Deadline(System.nanoTime() + patience.toNanos());
    }

    /**
     * Says whether it has come.
     *
     * @return true from that moment on
     */
    public boolean isOver() {
        return nanosLeft() == 0;
    }

    /**
     * The time until it comes.
     *
     * @return not negative
     */
    public Duration left() {
        return Duration.ofNanos(nanosLeft());
    }

    /**
     * The time until it comes.
     *
     * @return nanoseconds, not negative
     */
    public long nanosLeft() {
        return Math.max(0, end - System.nanoTime());
    }

    /**
     * Looks at a condition again and again, at least once.
     *
     * @param pause between two looks
     * @param condition what is waited for
     * @return false if it did not hold in time
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public boolean poll(Duration pause, BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            if (isOver()) {
                return false;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            // Java 17's sleep() takes a millisecond at least
            LockSupport.parkNanos(pause.toNanos());
        }
        return true;
    }
}
