package io.probeunit.host.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.probeunit.host.Command;
import io.probeunit.host.HostException;
import io.probeunit.host.HostProcess;
import io.probeunit.host.LocalHost;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In a thread of its own, since one that waits for a stream which nobody ends is not to be interrupted. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RemoteHostTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final RemoteHost host = new RemoteHost("away", "an agent", AgentProcess::new);

    @AfterEach
    void end() {
        host.close();
    }

    @Test
    void theKernel() {
        assertThat(host.kernel()).isEqualTo(new LocalHost().kernel());
    }

    @Test
    void whatTheAgentStartedEndsWithTheConversation() throws Exception {
        HostProcess process = host.start(Command.of("sleep", "100"));

        host.close();

        assertThat(process.await(LONG)).isPresent();
        assertThat(ProcessHandle.of(process.pid()).filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void anAgentThatDiedIsReplacedAndItsProcessesAreOver() throws Exception {
        AgentProcess[] started = new AgentProcess[2];
        int[] count = {0};
        try (RemoteHost dying = new RemoteHost("dying", "an agent", () -> started[count[0]++] = new AgentProcess())) {
            HostProcess process = dying.start(Command.of("sleep", "100"));

            started[0].kill();

            assertThat(process.output().readAllBytes()).isEmpty();
            assertThat(process.await(LONG)).isEqualTo(OptionalInt.of(137));
            assertThat(process.isAlive()).isFalse();
            assertThat(dying.files().exists("/proc")).isTrue();
            assertThat(count[0]).isEqualTo(2);
            ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void aStartThatWasInterruptedIsTriedAgain() {
        int[] tries = {0};
        try (RemoteHost late = new RemoteHost("late", "an agent", () -> {
            if (tries[0]++ == 0) {
                Thread.currentThread().interrupt();
                throw new HostException("interrupted");
            }
            return new AgentProcess();
        })) {
            assertThatThrownBy(late::kernel).hasMessage("interrupted");
            assertThat(Thread.interrupted()).isTrue();

            assertThat(late.kernel()).isEqualTo(new LocalHost().kernel());
        }
    }

    @Test
    void aStartThatFailedIsNotTriedAgain() {
        int[] tries = {0};
        RemoteHost never = new RemoteHost("never", "an agent", () -> {
            tries[0]++;
            throw new HostException("no daemon");
        });

        assertThatThrownBy(never::kernel).hasMessage("no daemon");
        assertThatThrownBy(() -> never.files().textIfThere("/proc/1/stat")).hasMessage("no daemon");
        assertThat(tries[0]).isEqualTo(1);
    }
}
