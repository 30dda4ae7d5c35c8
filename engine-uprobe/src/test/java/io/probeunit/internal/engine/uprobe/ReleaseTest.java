package io.probeunit.internal.engine.uprobe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.probeunit.internal.kernel.FakeKernel;
import io.probeunit.internal.kernel.KernelException;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class ReleaseTest {

    private final FakeKernel kernel = new FakeKernel();

    /** Each call waits for the other, which would not come if they were made one after the other. */
    @Test
    void probes_are_removed_at_the_same_time() {
        kernel.open.addAll(List.of(100, 101));
        CyclicBarrier both = new CyclicBarrier(2);
        kernel.beforeCall = () -> await(both);

        Release.probes(kernel, List.of(100, 101));

        assertThat(kernel.open).isEmpty();
    }

    @Test
    void one_that_cannot_be_closed_keeps_no_other_open() {
        kernel.open.addAll(List.of(100, 101, 102));
        kernel.badToClose.add(101);

        assertThatExceptionOfType(KernelException.class)
                .isThrownBy(() -> Release.probes(kernel, List.of(100, 101, 102)));

        assertThat(kernel.open).isEmpty();
    }

    private static void await(CyclicBarrier both) {
        try {
            both.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }
}
