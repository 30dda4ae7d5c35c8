package io.probeunit.internal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.probeunit.internal.host.HostProcess.Signal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LocalProcessTest extends HostProcessWithInputContract<HostProcess> {

    private final LocalHost host = new LocalHost();

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
    void the_kernel_is_the_one_that_uname_tells() throws IOException {
        KernelIdentity kernel = host.kernel();

        assertThat(kernel.release() + " " + kernel.machine() + "\n")
                .isEqualTo(new String(run("uname -rm").output().readAllBytes(), StandardCharsets.US_ASCII));
        assertThat(kernel.bootId()).hasSize(36);
    }

    @Test
    void a_process_has_a_name_until_it_has_ended_even_if_nobody_waits_for_it() throws Exception {
        // it ends when its parent is another program, which asks for no child; a shell may do so before
        HostProcess parent = run("(until [ \"$(cat /proc/$$/comm)\" = sleep ]; do :; done) & echo $!; exec sleep 60");
        long zombie = Long.parseLong(
                new BufferedReader(new InputStreamReader(parent.output(), StandardCharsets.US_ASCII)).readLine());
        ProcessName name = ProcessName.of(host.files(), parent.pid()).orElseThrow();

        assertThat(name.isAlive(host.files())).isTrue();
        assertThat(ProcessName.parse(name + "\n")).contains(name);
        assertThat(new ProcessName(name.pid(), name.startTime() + 1).isAlive(host.files()))
                .isFalse();
        await().atMost(LONG)
                .until(() -> host.files().text("/proc/" + zombie + "/stat").contains(") Z "));
        assertThat(ProcessName.of(host.files(), zombie)).isEmpty();

        parent.send(Signal.KILL);
        parent.await(LONG);
        assertThat(name.isAlive(host.files())).isFalse();
        assertThat(ProcessName.of(host.files(), parent.pid())).isEmpty();
    }
}
