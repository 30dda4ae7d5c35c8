package io.probeunit.examples.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.Frame;
import io.probeunit.Recording;
import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ProbeFunction;
import io.probeunit.annotations.ProbeSettings;
import io.probeunit.examples.pages.Failures;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** What {@code docs/stack.md} shows: who called, and whose call was one too many. */
@Testcontainers
@ProbeSettings(engine = ProbeSettings.Engine.UPROBE)
class StackTest {

    @Container
    static final GenericContainer<?> redis = new GenericContainer<>(RedisTest.IMAGE)
            .waitingFor(Wait.forLogMessage(".*Ready to accept connections.*\\s", 1));

    @Test
    @ProbeFunction(value = "fdatasync", binary = "libc.so.6", capture = "stack")
    void theAppendOnlyFileIsFlushedBeforeRedisSleeps(Recording recording) throws Exception {
        redis.execInContainer("redis-cli", "set", "apples", "3");

        assertThat(recording.function("fdatasync").list().get(0).stack())
                .extracting(Frame::function)
                .containsSubsequence("fdatasync", "flushAppendOnlyFile", "beforeSleep", "aeMain", "main");
    }

    @Test
    void aCallThatMustNotHappenShowsItsCaller() {
        Failures.of(Incremented.class).isShownWithStackIn("docs/stack.md");
    }

    @Testcontainers
    @ProbeSettings(engine = ProbeSettings.Engine.UPROBE)
    static class Incremented {

        @Container
        static final GenericContainer<?> redis = new GenericContainer<>(RedisTest.IMAGE)
                .waitingFor(Wait.forLogMessage(".*Ready to accept connections.*\\s", 1));

        @Test
        @ExpectFunction(value = "incrDecrCommand", times = 0)
        void neverCountsUp() throws Exception {
            redis.execInContainer("redis-cli", "incr", "apples");
        }
    }
}
