package io.probeunit.examples.redis;

import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ProbeSettings;
import io.probeunit.annotations.ProbeSettings.Engine;
import io.probeunit.annotations.ProbeSettings.Window;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** What {@code docs/startup.md} shows: Redis reads its configuration once, opens its log once, and saves nothing. */
@Testcontainers
@ProbeSettings(window = Window.STARTUP, engine = Engine.UPROBE)
@ExpectFunction(value = "initServer", times = 1)
@ExpectFunction(value = "aofOpenIfNeededOnServerStart", times = 1)
@ExpectFunction(value = "rdbSave", times = 0)
class StartupTest {

    @Container
    static final GenericContainer<?> redis = new GenericContainer<>(RedisTest.IMAGE)
            .waitingFor(Wait.forLogMessage(".*Ready to accept connections.*\\s", 1));

    @Test
    @ExpectFunction(value = "initServer", times = 0)
    @ExpectFunction(value = "setCommand", times = 1)
    void servesWithoutStartingAgain() throws Exception {
        redis.execInContainer("redis-cli", "set", "apples", "3");
    }
}
