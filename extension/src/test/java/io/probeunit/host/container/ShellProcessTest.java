package io.probeunit.host.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.probeunit.host.HostException;
import io.probeunit.host.HostProcess.Signal;
import io.probeunit.host.LocalHost;
import io.probeunit.host.ProcessName;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With the shell of this machine. */
@Timeout(60)
class ShellProcessTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final LocalHost host = new LocalHost();
    private final List<ShellProcess> processes = new ArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void end() {
        processes.forEach(p -> p.send(Signal.KILL));
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130", "KILL, 137"})
    void a_signal_ends_it(Signal signal, int status) throws InterruptedException {
        ShellProcess process = start("exec sleep 60");

        assertThat(process.isAlive()).isTrue();
        assertThat(process.await(Duration.ofMillis(50))).isEmpty();
        process.send(signal);

        assertThat(process.await(LONG)).hasValue(status);
        assertThat(process.isAlive()).isFalse();
        process.send(signal);
    }

    @Test
    void its_id_streams_and_exit_status_are_its_own() throws Exception {
        ShellProcess process = start("echo $$; echo trouble >&2; cat; printf 'no end'; exit 7");

        assertThat(new String(process.output().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(process.pid() + "\nno end");
        assertThat(new String(process.errors().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("trouble\n");
        assertThat(process.await(LONG)).hasValue(7);
    }

    @Test
    void what_it_says_after_a_signal_is_heard() throws Exception {
        ShellProcess process = start("trap 'echo last words; exit 3' TERM; echo ready; while :; do sleep 0.01; done");
        BufferedReader output = new BufferedReader(new InputStreamReader(process.output(), StandardCharsets.US_ASCII));
        assertThat(output.readLine()).isEqualTo("ready");

        process.send(Signal.TERM);

        assertThat(output.readLine()).isEqualTo("last words");
        assertThat(process.await(LONG)).hasValue(3);
    }

    /** The daemon ends the input when the JVM dies. */
    @Test
    void it_ends_with_its_connection_and_leaves_no_process() throws Exception {
        ShellProcess process = start("sleep 0.2; exec sleep 600");
        ProcessName name = ProcessName.of(host.files(), process.pid()).orElseThrow();

        process.abandon();

        assertThat(process.await(LONG)).hasValue(143);
        assertThat(name.isAlive(host.files())).isFalse();
    }

    @Test
    void one_that_misses_the_first_signal_is_sent_another() throws Exception {
        ShellProcess process = start("trap '' TERM; echo ready; exec sleep 600");
        assertThat(process.output().read()).isEqualTo('r');

        process.abandon();

        assertThat(process.await(LONG)).hasValue(130);
    }

    @Test
    void arguments_variables_and_folder_are_its_own() throws Exception {
        ShellProcess process = keep(LocalShells.process(
                folder.toRealPath().toString(),
                "sh",
                "NAME=a 'value'",
                "sh",
                "-c",
                "printf '%s|' \"$1\" \"$NAME\" \"$PWD\"",
                "sh",
                "$(id) \"; *"));

        assertThat(new String(process.output().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("$(id) \"; *|a 'value'|" + folder.toRealPath() + "|");
    }

    @Test
    void a_program_that_is_not_there_is_told() {
        assertThatExceptionOfType(HostException.class)
                .isThrownBy(() -> LocalShells.process("/", "no-such-program", "no-such-program", "-V"))
                .withMessage("Could not start 'no-such-program': there is no such program in the container");
    }

    @Test
    void the_shells_beside_it_end_with_it() throws Exception {
        long before = children();
        ShellProcess process = start("exit 0");

        assertThat(process.await(LONG)).hasValue(0);

        await().atMost(LONG).until(() -> children() <= before);
    }

    private static long children() {
        return ProcessHandle.current().descendants().count();
    }

    private ShellProcess start(String script) {
        return keep(LocalShells.process(folder.toString(), "sh", "sh", "-c", script));
    }

    private ShellProcess keep(ShellProcess process) {
        processes.add(process);
        return process;
    }
}
