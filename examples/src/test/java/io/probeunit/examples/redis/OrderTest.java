package io.probeunit.examples.redis;

import io.probeunit.annotations.ExpectOrder;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.examples.pages.Failures;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** What {@code docs/order.md} shows: a change is on the disk before Redis answers. */
@Testcontainers
class OrderTest {

    @Container
    static final GenericContainer<?> redis = new GenericContainer<>(RedisTest.IMAGE)
            .waitingFor(Wait.forLogMessage(".*Ready to accept connections.*\\s", 1));

    @Test
    @ProbeFunction(value = "fdatasync", binary = "libc.so.6")
    @ExpectOrder({"setCommand", "fdatasync", "writeToClient"})
    void isOnTheDiskBeforeItIsAnswered() throws Exception {
        redis.execInContainer("redis-cli", "set", "apples", "3");
    }

    @Test
    @FlushesToDisk
    void aListIsOnTheDiskToo() throws Exception {
        redis.execInContainer("redis-cli", "rpush", "orders", "42");
    }

    @Test
    void failsIfRedisLeavesTheDiskToTheKernel() {
        Failures.of(LeftToTheKernel.class).isShownIn("docs/order.md");
    }

    @Testcontainers
    static class LeftToTheKernel {

        @Container
        static final GenericContainer<?> redis = new GenericContainer<>(RedisTest.IMAGE)
                .withCommand("redis-server", "--appendonly", "yes", "--appendfsync", "no")
                .waitingFor(Wait.forLogMessage(".*Ready to accept connections.*\\s", 1));

        @Test
        @ProbeFunction(value = "fdatasync", binary = "libc.so.6")
        @ExpectOrder({"setCommand", "fdatasync", "writeToClient"})
        void isOnTheDiskBeforeItIsAnswered() throws Exception {
            redis.execInContainer("redis-cli", "set", "apples", "3");
        }
    }
}
