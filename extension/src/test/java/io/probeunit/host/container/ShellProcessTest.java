package io.probeunit.host.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.probeunit.host.Command;
import io.probeunit.host.HostException;
import io.probeunit.host.HostProcessContract;
import io.probeunit.host.LocalHost;
import io.probeunit.host.ProcessName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With the shell of this machine. */
@Timeout(60)
class ShellProcessTest extends HostProcessContract<ShellProcess> {

    private final LocalHost host = new LocalHost();

    @Override
    protected ShellProcess start(Command command) {
        String program = command.words().get(0);
        List<String> words = new ArrayList<>(List.of(program));
        command.environment().forEach((name, value) -> words.add(name + "=" + value));
        words.addAll(command.words());
        return LocalShells.process(command.folder(), words.toArray(String[]::new));
    }

    /** The daemon ends the input when the JVM dies. */
    @Test
    void it_ends_with_its_connection_and_leaves_no_process() throws Exception {
        ShellProcess process = run("sleep 0.2; exec sleep 600");
        ProcessName name = ProcessName.of(host.files(), process.pid()).orElseThrow();

        process.abandon();

        assertThat(process.await(LONG)).hasValue(143);
        assertThat(name.isAlive(host.files())).isFalse();
    }

    @Test
    void one_that_misses_the_first_signal_is_sent_another() throws Exception {
        ShellProcess process = run("trap '' TERM; echo ready; exec sleep 600");
        assertThat(process.output().read()).isEqualTo('r');

        process.abandon();

        assertThat(process.await(LONG)).hasValue(130);
    }

    @Test
    void the_shells_beside_it_end_with_it() throws Exception {
        long before = children();
        ShellProcess process = run("exit 0");

        assertThat(process.await(LONG)).hasValue(0);

        await().atMost(LONG).until(() -> children() <= before);
    }

    @Test
    void what_the_shell_complained_of_is_told() {
        assertThatExceptionOfType(HostException.class)
                .isThrownBy(() -> LocalShells.process("/no/such/folder", "true", "true"))
                .withMessageStartingWith("Could not start 'true': the container's shell said ''; it complained: ")
                .withMessageContaining("/no/such/folder");
    }

    @Test
    void one_that_does_not_start_in_time_is_given_up() {
        Channel silent = new LocalShells().open(List.of("sh", "-c", "echo no group >&2; read -r end"));
        await().until(() -> silent.errors().available() > 0);

        assertThatExceptionOfType(HostException.class)
                .isThrownBy(() -> new ShellProcess(silent, "stap", Duration.ofMillis(100)))
                .withMessage("Could not start 'stap': it did not start within 100 ms; it complained: no group");
        assertThat(silent.exitCode()).isPresent();
    }

    private static long children() {
        return ProcessHandle.current().descendants().count();
    }
}
