package io.probeunit.host.remote;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.probeunit.host.Command;
import io.probeunit.host.HostException;
import io.probeunit.host.HostProcess;
import io.probeunit.host.HostProcessWithInputContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In a thread of its own, since one that waits for a stream which nobody ends is not to be interrupted. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RemoteProcessTest extends HostProcessWithInputContract<HostProcess> {

    private final RemoteHost host = new RemoteHost("away", "an agent", AgentProcess::new);

    @Override
    protected HostProcess start(Command command) {
        return host.start(command);
    }

    @Test
    void a_program_that_may_not_be_run_is_not_missing() {
        assertThatThrownBy(() -> start(Command.of("/")))
                .isExactlyInstanceOf(HostException.class)
                .hasMessageContaining("Permission denied");
    }

    @Override
    protected void closeHost() {
        host.close();
    }
}
