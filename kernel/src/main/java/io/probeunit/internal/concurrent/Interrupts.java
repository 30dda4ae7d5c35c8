package io.probeunit.internal.concurrent;

import java.util.function.Function;

/**
 * Work on a thread that others may interrupt, for example because a test's time limit is over. Whatever the work does
 * with an interrupt, the thread is interrupted afterwards, so that its caller sees it.
 */
public final class Interrupts {

    private Interrupts() {}

    /**
     * Work that waits.
     *
     * @param <T> its result
     */
    @FunctionalInterface
    public interface Waiting<T> {

        /**
         * Does it.
         *
         * @return its result
         * @throws InterruptedException if the thread is interrupted while it waits
         */
        T get() throws InterruptedException;
    }

    /** Work that waits, without a result. */
    @FunctionalInterface
    public interface Action {

        /**
         * Does it.
         *
         * @throws InterruptedException if the thread is interrupted while it waits
         */
        void run() throws InterruptedException;
    }

    /**
     * Works on in spite of an interrupt.
     *
     * @param work begun anew with each interrupt, so that its deadline must be set before
     * @param <T> its result
     * @return its result
     */
    public static <T> T defer(Waiting<T> work) {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return work.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Works on in spite of an interrupt.
     *
     * @param work begun anew with each interrupt, so that its deadline must be set before
     */
    public static void defer(Action work) {
        defer(() -> {
            work.run();
            return true;
        });
    }

    /**
     * Ends some work with an interrupt.
     *
     * @param instead the result of an interrupted wait
     * @param work what waits
     * @param <T> its result
     * @return its result, or the one for an interrupted wait
     */
    public static <T> T orElse(T instead, Waiting<T> work) {
        try {
            return work.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return instead;
        }
    }

    /**
     * Ends some work with an interrupt.
     *
     * @param work what waits
     */
    public static void orStop(Action work) {
        orElse(false, () -> {
            work.run();
            return true;
        });
    }

    /**
     * Ends some work with an exception if it is interrupted.
     *
     * @param failure makes the exception from its cause
     * @param work what waits
     * @param <T> its result
     * @return its result
     */
    public static <T> T orThrow(Function<InterruptedException, ? extends RuntimeException> failure, Waiting<T> work) {
        try {
            return work.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure.apply(e);
        }
    }
}
