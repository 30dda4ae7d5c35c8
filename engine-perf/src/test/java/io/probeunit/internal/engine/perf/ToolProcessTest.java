package io.probeunit.internal.engine.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.host.Command;
import io.probeunit.internal.host.FakeHost;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A start that fails; what perf does is seen on real machines. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ToolProcessTest {

    private final CountDownLatch ended = new CountDownLatch(1);

    @Test
    void who_talks_to_a_tool_learns_that_no_daemon_is_there_to_start_it() throws Exception {
        ToolProcess tool = start(command -> {
            throw new IllegalStateException("No daemon here", new IOException());
        });

        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> tool.tell("enable"))
                .withMessageContaining("could not be started")
                .withMessageContaining("No daemon here");
        assertThat(tool.awaitEnded(Duration.ofSeconds(10))).isTrue();
        ended.await();
    }

    @Test
    void who_talks_to_a_tool_learns_of_every_other_reason() throws Exception {
        ToolProcess tool = start(command -> {
            throw new OutOfMemoryError("unable to create native thread");
        });

        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> tool.tell("enable"))
                .withMessageContaining("could not be started")
                .withMessageContaining("unable to create native thread");
        ended.await();
    }

    private ToolProcess start(Consumer<Command> effect) {
        return ToolProcess.start(
                new FakeHost().program("sh", effect), "perf", List.of("perf"), output -> {}, ended::countDown);
    }
}
