package io.probeunit.examples.redis;

import static io.probeunit.assertj.ProbeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.Recording;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.ProbeSettings;
import io.probeunit.annotations.Probed;
import io.probeunit.examples.pages.Failures;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** What {@code docs/latency.md} shows: Redis runs one command at a time, so each keeps all others waiting. */
@Testcontainers
@ProbeSettings(engine = ProbeSettings.Engine.UPROBE)
class LatencyTest {

    @Container
    static final GenericContainer<?> redis = new GenericContainer<>(RedisTest.IMAGE)
            .waitingFor(Wait.forLogMessage(".*Ready to accept connections.*\\s", 1));

    @Test
    @ExpectFunction(value = "call", took = "< 250ms")
    void noCommandKeepsTheOthersWaiting() throws Exception {
        redis.execInContainer("redis-cli", "set", "apples", "3");
    }

    @Test
    @ExpectFunction(value = "setCommand", atLeast = 1_000, took = "p99 < 250ms")
    void mostCommandsAreFast() throws Exception {
        redis.execInContainer("redis-cli", "-r", "1000", "set", "apples", "3");
    }

    @Test
    @ProbeFunction(value = "call", onReturn = true, capture = "took")
    @ExpectFunction(value = "call", onReturn = true, where = "took >= 250ms", times = 0)
    void saysHowLongItTook(Recording recording) throws Exception {
        redis.execInContainer("redis-cli", "set", "apples", "3");

        assertThat(recording)
                .function("call")
                .firings()
                .allSatisfy(
                        call -> assertThat((Long) call.captures().get("took")).isPositive());
    }

    @Test
    void failsIfACommandComputesForLong() {
        Failures.of(Computing.class).isShownWithStackIn("docs/latency.md");
    }

    @ProbeSettings(engine = ProbeSettings.Engine.UPROBE)
    static class Computing {

        @Probed
        static final GenericContainer<?> redis = LatencyTest.redis;

        @Test
        @ExpectFunction(value = "call", took = "< 250ms")
        void noCommandKeepsTheOthersWaiting() throws Exception {
            redis.execInContainer("redis-cli", "eval", "local t = 0 for i = 1, 1e8 do t = t + i end", "0");
        }
    }
}
