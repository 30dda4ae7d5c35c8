package io.probeunit.conformance;

import static io.probeunit.assertj.ProbeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.Recording;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.EngineUnderTest;
import io.probeunit.conformance.kit.OnlyEngine;
import io.probeunit.conformance.truth.Truth;
import io.probeunit.conformance.truth.TruthContainer;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/**
 * A point that fires without a pause takes no details from the others: not from those of a test that does not ask for it, and not
 * those of its own. perf reads all from the same rings, so it may lose any.
 */
@Testcontainers
@Timeout(300)
@OnlyEngine({"uprobe", "stap"})
class NoisyNeighboursTest {

    private static final int MANY = 400_000;
    private static final int FEW = 200;
    private static final int BATCH = 10;

    @Container
    @Probed
    static final TruthContainer container = new TruthContainer();

    /** Armed with the other test's, in one session. */
    @Test
    @ProbeFunction(value = "beta", capture = "arg1:s64")
    void another_tests_point_takes_nothing(Recording recording) {
        besideTheNoise(() -> inBatches(recording, 0));

        assertThat(recording).function("beta").firedTimes(FEW);
        assertThat(recording).hasNoLoss();
    }

    /**
     * As many as may be under way at once are sure, however long the other has used up its own. With SystemTap nearly so: a
     * handler that is interrupted while it prints keeps others on its CPU from that.
     */
    @Test
    @ProbeFunction(value = "alpha", capture = "arg1:s64")
    @ProbeFunction(value = "beta", capture = "arg1:s64")
    void a_point_of_the_same_test_takes_nothing(Recording recording) {
        besideTheNoise(() -> inBatches(recording, EngineUnderTest.name().equals("stap") ? FEW / 10 : 0));

        assertThat(recording).function("alpha").firedTimes(MANY);
        assertThat(recording).function("beta").firedTimes(FEW);
    }

    /** No more than may be under way at once are fired before their details have arrived. */
    private static void inBatches(Recording recording, int dropped) {
        for (int batch = 1; batch <= FEW / BATCH; batch++) {
            container.truth().call("beta", BATCH);
            assertThat(recording.function("beta").list()).hasSizeBetween(batch * BATCH - dropped, batch * BATCH);
        }
    }

    private static void besideTheNoise(Runnable what) {
        try (Truth noisy = container.connect()) {
            CompletableFuture<Long> noise = CompletableFuture.supplyAsync(() -> noisy.call("alpha", MANY));
            what.run();
            noise.join();
        }
    }
}
