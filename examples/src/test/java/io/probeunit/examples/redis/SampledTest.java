package io.probeunit.examples.redis;

import io.probeunit.annotations.ExpectSampled;
import io.probeunit.annotations.Probed;
import io.probeunit.examples.pages.Failures;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** What {@code docs/sampled.md} shows: where Redis spends its time. */
@Testcontainers
class SampledTest {

    @Container
    static final GenericContainer<?> redis = new GenericContainer<>(RedisTest.IMAGE)
            .waitingFor(Wait.forLogMessage(".*Ready to accept connections.*\\s", 1));

    @BeforeEach
    void storeManyBits() throws Exception {
        redis.execInContainer("redis-cli", "setrange", "bits", "8000000", "x");
    }

    @Test
    @ExpectSampled(value = "redisPopcount", atLeastPercent = 50)
    void spendsItsTimeCountingBits() throws Exception {
        redis.execInContainer("redis-cli", "-r", "600", "bitcount", "bits");
    }

    @Test
    void failsIfTheTimeIsSpentElsewhere() {
        Failures.of(Compressing.class)
                .message()
                .contains(
                        "expected:  function lzf_compress in at least 50 % of the samples",
                        "actual:    in 0 of ", "on top:    redisPopcount (/usr/bin/redis-check-rdb) ");
    }

    static class Compressing {

        @Probed
        static final GenericContainer<?> redis = SampledTest.redis;

        @Test
        @ExpectSampled(value = "lzf_compress", atLeastPercent = 50)
        void spendsItsTimeCompressing() throws Exception {
            redis.execInContainer("redis-cli", "-r", "600", "bitcount", "bits");
        }
    }
}
