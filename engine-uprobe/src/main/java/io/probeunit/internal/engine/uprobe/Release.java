package io.probeunit.internal.engine.uprobe;

import static io.probeunit.internal.kernel.Batch.value;

import io.probeunit.internal.kernel.Answer;
import io.probeunit.internal.kernel.Batch;
import io.probeunit.internal.kernel.Kernel;
import io.probeunit.internal.kernel.KernelException;
import io.probeunit.internal.kernel.SystemCall;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Releases all resources of the kernel, also if one of the calls fails. */
final class Release {

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
