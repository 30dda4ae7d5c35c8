package io.probeunit.internal.engine.uprobe;

import static io.probeunit.internal.kernel.Batch.value;

import io.probeunit.internal.concurrent.DaemonThread;
import io.probeunit.internal.concurrent.Futures;
import io.probeunit.internal.kernel.Answer;
import io.probeunit.internal.kernel.Batch;
import io.probeunit.internal.kernel.Kernel;
import io.probeunit.internal.kernel.KernelException;
import io.probeunit.internal.kernel.SystemCall;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** Releases all resources of the kernel, also if one of the calls fails. */
final class Release {

    private static final int MOST_AT_ONCE = 16;

    private Release() {}

    /**
     * Takes some steps one after the other.
     *
     * @throws RuntimeException what the first that failed threw, when all were taken; the others are suppressed
     */
    static void all(Runnable... steps) {
        all(Stream.of(steps));
    }

    /**
     * Closes descriptors, in one request. If the way to the kernel is gone, their owner has ended, and they are closed
     * already.
     *
     * @throws KernelException what the first that could not be closed was refused for, when all were tried
     */
    static void descriptors(Kernel kernel, Collection<Integer> descriptors) {
        Batch batch = new Batch();
        List<Batch.Call> closed = descriptors.stream()
                .map(descriptor -> batch.call(SystemCall.CLOSE, value(descriptor)))
                .toList();
        Answer answer;
        try {
            answer = kernel.call(batch);
        } catch (KernelException e) {
            if (e.isUnreachable()) {
                return;
            }
            throw e;
        }
        closed.forEach(answer::get);
    }

    /**
     * Closes what holds probes, so that the kernel takes them away, several at the same time. The kernel waits for all CPUs
     * at each, some 30 ms on Linux 6.18, and waits that overlap become one: 20 links took 740 ms one after the other, and 57
     * together.
     *
     * @throws KernelException what the first that could not be closed was refused for, when all were tried
     */
    static void probes(Kernel kernel, Collection<Integer> holders) {
        if (holders.size() < 2) {
            descriptors(kernel, holders);
            return;
        }
        ExecutorService lanes = Executors.newFixedThreadPool(
                Math.min(MOST_AT_ONCE, holders.size()), work -> DaemonThread.of("probeunit-uprobe-remove", work));
        try {
            List<CompletableFuture<Void>> closed = holders.stream()
                    .map(holder -> CompletableFuture.runAsync(() -> descriptor(kernel, holder), lanes))
                    .toList();
            all(closed.stream().map(one -> () -> Futures.join(one)));
        } finally {
            lanes.shutdown();
        }
    }

    /** Closes one. */
    static void descriptor(Kernel kernel, int descriptor) {
        descriptors(kernel, List.of(descriptor));
    }

    /** Gives back what was lent for something that then failed, of which the caller tells. */
    static void after(RuntimeException failure, Runnable... steps) {
        try {
            all(steps);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private static void all(Stream<Runnable> steps) {
        List<RuntimeException> failures = new ArrayList<>();
        steps.forEach(step -> {
            try {
                step.run();
            } catch (RuntimeException e) {
                failures.add(e);
            }
        });
        if (!failures.isEmpty()) {
            RuntimeException first = failures.get(0);
            failures.stream().skip(1).forEach(first::addSuppressed);
            throw first;
        }
    }
}
