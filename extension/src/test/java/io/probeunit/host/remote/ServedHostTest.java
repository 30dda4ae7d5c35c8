package io.probeunit.host.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.probeunit.host.Command;
import io.probeunit.host.FakeHost;
import io.probeunit.host.Host;
import io.probeunit.host.HostException;
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

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
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

    @Test
    void who_starts_a_process_learns_whatever_became_of_it() {
        ServedHost served = served(new FakeHost().program("perf", command -> {
            throw new OutOfMemoryError("unable to create native thread");
        }));

        assertThatExceptionOfType(HostException.class)
                .isThrownBy(() -> served.start(1, Command.of("perf")))
                .withMessage("unable to create native thread");
    }

    private static ServedHost served() {
        return served(new LocalHost());
    }

    private static ServedHost served(Host host) {
        @SuppressWarnings("unchecked") // the class of a type with arguments
        Class<HostQuestion<?>> questions = (Class<HostQuestion<?>>) (Class<?>) HostQuestion.class;
        return new ServedHost(host, new WireServer<>(questions, HostMessage.class, OutputStream.nullOutputStream()));
    }
}
