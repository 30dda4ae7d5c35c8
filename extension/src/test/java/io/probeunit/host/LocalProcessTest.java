package io.probeunit.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.probeunit.host.HostProcess.Signal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class LocalProcessTest {

    private static final Duration LONG = Duration.ofSeconds(15);

    private final LocalHost host = new LocalHost();
    private final List<HostProcess> processes = new java.util.ArrayList<>();

    @AfterEach
    void end() {
        processes.forEach(p -> p.send(Signal.KILL));
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130", "KILL, 137"})
    void a_signal_ends_it(Signal signal, int status) throws InterruptedException {
        // a shell without job control lets what it starts with '&' ignore SIGINT, and that is handed down to here
        HostProcess process = start("exec env --default-signal=INT sleep 60");

        assertThat(process.isAlive()).isTrue();
        assertThat(process.await(Duration.ofMillis(50))).isEmpty();
        process.send(signal);

        assertThat(process.await(LONG)).hasValue(status);
        assertThat(process.isAlive()).isFalse();
        process.send(signal);
    }

    @Test
    void its_exit_status_is_known() throws InterruptedException {
        assertThat(start("exit 7").await(LONG)).hasValue(7);
    }

    @Test
    void what_it_says_after_a_signal_is_heard() throws Exception {
        HostProcess process = start("trap 'echo last words; exit 3' TERM; echo ready; while :; do sleep 0.01; done");
        BufferedReader output = new BufferedReader(new InputStreamReader(process.output(), StandardCharsets.US_ASCII));
        assertThat(output.readLine()).isEqualTo("ready");

        process.send(Signal.TERM);

        assertThat(output.readLine()).isEqualTo("last words");
        assertThat(process.await(LONG)).hasValue(3);
    }

    @Test
    void arguments_environment_and_folder_are_its_own(@TempDir Path folder) throws IOException {
        HostProcess process = host.start(new Command(
                List.of("sh", "-c", "printf '%s|' \"$1\" \"$NAME\" \"$PWD\"", "sh", "$(id) \"; *"),
                Map.of("NAME", "a value"),
                folder.toRealPath().toString()));

        assertThat(new String(process.output().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("$(id) \"; *|a value|" + folder.toRealPath() + "|");
    }

    @Test
    void a_program_that_is_not_there_is_told() {
        assertThatExceptionOfType(HostException.class)
                .isThrownBy(() -> host.start(Command.of("no-such-program", "-V")))
                .withMessageStartingWith("Could not start 'no-such-program -V': ");
    }

    @Test
    void the_kernel_is_the_one_that_uname_tells() throws IOException {
        KernelIdentity kernel = host.kernel();

        assertThat(kernel.release() + " " + kernel.machine() + "\n")
                .isEqualTo(new String(start("uname -rm").output().readAllBytes(), StandardCharsets.US_ASCII));
        assertThat(kernel.bootId()).hasSize(36);
    }

    @Test
    void a_process_has_a_name_until_it_has_ended_even_if_nobody_waits_for_it() throws Exception {
        HostProcess parent = start("sleep 0 & echo $!; exec sleep 60");
        long zombie = Long.parseLong(
                new BufferedReader(new InputStreamReader(parent.output(), StandardCharsets.US_ASCII)).readLine());
        ProcessName name = ProcessName.of(host.files(), parent.pid()).orElseThrow();

        assertThat(name.isAlive(host.files())).isTrue();
        assertThat(ProcessName.parse(name + "\n")).contains(name);
        assertThat(new ProcessName(name.pid(), name.startTime() + 1).isAlive(host.files()))
                .isFalse();
        org.awaitility.Awaitility.await()
                .atMost(LONG)
                .until(() -> host.files().text("/proc/" + zombie + "/stat").contains(") Z "));
        assertThat(ProcessName.of(host.files(), zombie)).isEmpty();

        parent.send(Signal.KILL);
        parent.await(LONG);
        assertThat(name.isAlive(host.files())).isFalse();
        assertThat(ProcessName.of(host.files(), parent.pid())).isEmpty();
    }

    private HostProcess start(String script) {
        HostProcess process = host.start(Command.of("sh", "-c", script));
        processes.add(process);
        return process;
    }
}
