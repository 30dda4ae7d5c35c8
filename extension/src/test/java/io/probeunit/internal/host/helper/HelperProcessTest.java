package io.probeunit.internal.host.helper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.probeunit.internal.host.Command;
import io.probeunit.internal.host.HostException;
import io.probeunit.internal.host.HostProcess;
import io.probeunit.internal.host.HostProcessWithInputContract;
import io.probeunit.internal.kernel.HelperOnThisMachine;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In a thread of its own, since one that waits for a stream which nobody ends is not to be interrupted. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HelperProcessTest extends HostProcessWithInputContract<HostProcess> {

    private final HelperOnThisMachine real = HelperOnThisMachine.start();
    private final Helper helper = new Helper(real.kernel(), real::close);

    @Override
    protected HostProcess start(Command command) {
        return helper.start(command);
    }

    @Test
    void a_program_that_may_not_be_run_is_not_missing() {
        assertThatThrownBy(() -> start(Command.of("/")))
                .isExactlyInstanceOf(HostException.class)
                .hasMessageContaining("Permission denied");
    }

    @Test
    void all_that_a_program_prints_is_read() throws Exception {
        HostProcess process = run("yes 0123456789abcdef | head -c 20000000");

        assertThat(process.output().readAllBytes()).hasSize(20_000_000);
        assertThat(process.await(LONG)).hasValue(0);
    }

    /** A child that has its output from it may outlive it by far. */
    @Test
    void its_end_is_told_though_its_output_is_still_open() throws Exception {
        HostProcess process = run("sleep 60 & echo $!; exit 5");

        assertThat(process.await(LONG)).hasValue(5);
        byte[] pid = new byte[100];
        int length = process.output().read(pid);
        assertThat(new ProcessBuilder("kill", new String(pid, 0, length, StandardCharsets.US_ASCII).strip())
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void it_ends_in_order_when_the_helper_ends() throws Exception {
        HostProcess process = run("trap 'exit 9' TERM; echo ready; while :; do sleep 0.01; done");
        assertThat(process.output().read()).isEqualTo('r');

        helper.close();

        assertThat(process.await(LONG)).hasValue(9);
    }

    @Override
    protected void closeHost() {
        helper.close();
    }
}
