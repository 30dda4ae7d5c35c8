package io.probeunit.host.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.probeunit.host.Command;
import io.probeunit.host.HostException;
import io.probeunit.host.HostProcess;
import io.probeunit.host.HostProcessContract;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In a thread of its own, since one that waits for a stream which nobody ends is not to be interrupted. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RemoteProcessTest extends HostProcessContract<HostProcess> {

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

    @Test
    void what_is_written_to_it_is_its_input() throws Exception {
        HostProcess process = run("read line; echo \"$line\"");

        process.input().write("a line\n".getBytes(StandardCharsets.US_ASCII));
        process.input().flush();

        assertThat(new String(process.output().readAllBytes(), StandardCharsets.US_ASCII))
                .isEqualTo("a line\n");
    }

    @Override
    protected void closeHost() {
        host.close();
    }
}
