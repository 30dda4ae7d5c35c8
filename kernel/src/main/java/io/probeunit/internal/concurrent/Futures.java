package io.probeunit.internal.concurrent;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Results of work on other threads. */
public final class Futures {

    private Futures() {}

    /**
     * Waits for a result, whatever interrupts the thread meanwhile.
     *
     * @param future the work
     * @param <T> its result
     * @return its result
     * @throws RuntimeException what the work threw, as if it were done here
     */
    public static <T> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException thrown ? thrown : e;
        }
    }
}
