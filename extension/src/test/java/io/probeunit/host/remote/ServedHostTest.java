package io.probeunit.host.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.host.Command;
import io.probeunit.host.LocalHost;
import io.probeunit.host.wire.WireServer;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ServedHostTest {

    @TempDir
    Path folder;

    @Test
    void a_tool_that_does_not_end_in_order_is_killed() throws Exception {
        ServedHost served = served();
        Path deaf = folder.resolve("deaf");
        long pid = served.start(
                1, Command.of("sh", "-c", "trap '' TERM; touch %s; while :; do sleep 0.1; done".formatted(deaf)));
        try {
            Awaitility.await().until(() -> Files.exists(deaf));

            served.endProcesses(Duration.ofMillis(200));

            assertThat(served.process(1).await(Duration.ofSeconds(20)))
                    .as("The end of process %d", pid)
                    .isPresent();
        } finally {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private static ServedHost served() {
        @SuppressWarnings("unchecked") // the class of a type with arguments
        Class<HostQuestion<?>> questions = (Class<HostQuestion<?>>) (Class<?>) HostQuestion.class;
        return new ServedHost(
                new LocalHost(), new WireServer<>(questions, HostMessage.class, OutputStream.nullOutputStream()));
    }
}
