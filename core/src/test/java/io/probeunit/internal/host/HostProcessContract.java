package io.probeunit.internal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.probeunit.internal.host.HostProcess.Signal;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What holds for the processes of every host; here each host's are those of this machine.
 *
 * @param <P> the host's own
 */
public abstract class HostProcessContract<P extends HostProcess> {

    /** How long to wait for what surely comes. */
    protected static final Duration LONG = Duration.ofSeconds(30);

    private final List<HostProcess> processes = new ArrayList<>();

    /** Starts one on the host under test. */
    protected abstract P start(Command command);

    /** Ends the host, after its processes. */
    protected void closeHost() {}

    @AfterEach
    void end() {
        processes.forEach(p -> p.send(Signal.KILL));
        closeHost();
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130", "KILL, 137"})
    void a_signal_ends_it(Signal signal, int status) throws Exception {
        // a shell without job control lets what it starts with '&' ignore SIGINT, and that is handed down to here
        HostProcess process = run("exec env --default-signal=INT sh -c 'echo ready; exec sleep 60'");
        assertThat(process.output().read()).isEqualTo('r');

        assertThat(process.isAlive()).isTrue();
        assertThat(process.await(Duration.ofMillis(50))).isEmpty();
        process.send(signal);

        assertThat(process.await(LONG)).hasValue(status);
        assertThat(process.isAlive()).isFalse();
        process.send(signal);
    }

    @Test
    void its_id_streams_and_exit_status_are_its_own() throws Exception {
        HostProcess process = run("echo $$; echo trouble >&2; cat; printf 'no end'; exit 7");
        process.input().close();

        assertThat(new String(process.output().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(process.pid() + "\nno end");
        assertThat(new String(process.errors().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("trouble\n");
        assertThat(process.await(LONG)).hasValue(7);
    }

    @Test
    void what_it_says_after_a_signal_is_heard() throws Exception {
        HostProcess process = run("trap 'echo last words; exit 3' TERM; echo ready; while :; do sleep 0.01; done");
        BufferedReader output = new BufferedReader(new InputStreamReader(process.output(), StandardCharsets.US_ASCII));
        assertThat(output.readLine()).isEqualTo("ready");

        process.send(Signal.TERM);

        assertThat(output.readLine()).isEqualTo("last words");
        assertThat(process.await(LONG)).hasValue(3);
    }

    @Test
    void arguments_environment_and_folder_are_its_own(@TempDir Path folder) throws Exception {
        HostProcess process = keep(start(new Command(
                List.of("sh", "-c", "printf '%s|' \"$1\" \"$NAME\" \"$PWD\"", "sh", "$(id) \"; *"),
                Map.of("NAME", "a 'value'"),
                folder.toRealPath().toString())));

        assertThat(new String(process.output().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("$(id) \"; *|a 'value'|" + folder.toRealPath() + "|");
    }

    @Test
    void a_program_that_is_not_there_is_told() {
        assertThatExceptionOfType(NoSuchProgramException.class)
                .isThrownBy(() -> start(Command.of("no-such-program", "-V")))
                .withMessageStartingWith("Could not start 'no-such-program");
    }

    /** Starts a shell, which is killed at the end. */
    protected final P run(String script) {
        return keep(start(Command.of("sh", "-c", script)));
    }

    private P keep(P process) {
        processes.add(process);
        return process;
    }
}
