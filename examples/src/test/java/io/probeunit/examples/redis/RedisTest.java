package io.probeunit.examples.redis;

import io.probeunit.annotations.ExpectFunction;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

@Testcontainers
class RedisTest {

    static final ImageFromDockerfile IMAGE = new ImageFromDockerfile("first-test/redis", false)
            .withDockerfileFromBuilder(dockerfile -> dockerfile
                    .from("debian:bookworm-slim")
                    .run("apt-get update && apt-get install -y --no-install-recommends redis-server")
                    .cmd("redis-server", "--appendonly", "yes", "--appendfsync", "always"));

    @Container
    static final GenericContainer<?> redis =
            new GenericContainer<>(IMAGE).waitingFor(Wait.forLogMessage(".*Ready to accept connections.*\\s", 1));

    @Test
    @ExpectFunction(value = "fdatasync", binary = "libc.so.6", times = 1)
    @ExpectFunction(value = "setCommand", times = 0)
    void writesTwoKeysToTheDiskAtOnce() throws Exception {
        redis.execInContainer("redis-cli", "mset", "apples", "3", "pears", "5");
    }
}
