package io.probeunit.engine.stap;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.engine.Readiness;
import io.probeunit.engine.Readiness.Lack;
import io.probeunit.host.Command;
import io.probeunit.host.FakeHost;
import io.probeunit.host.LocalHost;
import io.probeunit.host.Tool;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is missing, said all at once, each with what to do. */
class PreflightTest {

    private static final String STAP =
            "Systemtap translator/driver (version 4.8/0.188, Debian version 4.8-2)\nCopyright";

    private final FakeHost host = new FakeHost();

    @BeforeEach
    void aMachineThatHasAll() {
        host.program("stap", 0, "", STAP);
        host.program("stapbpf", 0, "Systemtap BPF loader/runner (version 4.8/0.188, x)", "");
        host.files()
                .file("/proc/self/status", "Name:\tjava\nUid:\t1000\t0\t0\t0\n")
                .file(
                        "/proc/self/limits",
                        "Max locked memory         unlimited            unlimited            bytes\n")
                .file("/sys/kernel/debug/tracing/uprobe_events", "")
                .file("/proc/config.gz", "");
    }

    @Test
    void a_machine_that_has_all_is_ready() {
        assertThat(check()).isEqualTo(new Readiness.Ready("SystemTap 4.8, BPF runtime, Linux 6.1.0-test"));
    }

    @Test
    void the_configuration_may_be_in_several_places() {
        host.files().delete("/proc/config.gz");
        assertThat(lacks())
                .containsExactly(new Lack(
                        "the configuration of the running kernel 6.1.0-test is not there (looked for /proc/config.gz, /boot/config-6.1.0-test, /lib/modules/6.1.0-test/config, /lib/modules/6.1.0-test/build/.config)",
                        "Install the package of the running kernel, or 'modprobe configs'."));

        host.files().file("/boot/config-6.1.0-test", "");
        assertThat(check()).isInstanceOf(Readiness.Ready.class);
    }

    @Test
    void stap_may_be_absent_or_another_program_or_too_old() {
        assertThat(new Preflight(host, settings("/opt/stap/bin/stap")).check())
                .isInstanceOfSatisfying(
                        Readiness.Unready.class,
                        u -> assertThat(u.lacks()).singleElement().satisfies(lack -> {
                            assertThat(lack.what()).isEqualTo("there is no program '/opt/stap/bin/stap'");
                            assertThat(lack.cure()).contains("apt-get install systemtap");
                        }));

        host.program("stap", 0, "GNU bash, version 5.2.15(1)-release\n", "");
        assertThat(lacks())
                .containsExactly(new Lack(
                        "'stap -V' does not tell a version of SystemTap, but: GNU bash, version 5.2.15(1)-release",
                        "Name the right program in probeunit.stap.command."));

        host.program("stap", 1, "", "");
        assertThat(lacks())
                .extracting(Lack::what)
                .containsExactly("'stap -V' does not tell a version of SystemTap, but: nothing");

        host.program("stap", 0, "", STAP.replace("4.8", "4.7"));
        assertThat(lacks())
                .extracting(Lack::what)
                .containsExactly("SystemTap 4.7 is too old; 4.8 is the oldest that is known to work");

        host.program("stap", 0, "", STAP.replace("4.8", "10.0"));
        assertThat(check()).isInstanceOf(Readiness.Ready.class);
    }

    @Test
    void stapbpf_may_be_absent() {
        FakeHost without = new FakeHost();
        without.program("stap", 0, "", STAP)
                .files()
                .file("/proc/self/status", "Uid:\t0\t0\t0\t0\n")
                .file("/proc/self/limits", "");

        assertThat(new Preflight(without, StapSettings.defaults()).check())
                .isInstanceOfSatisfying(
                        Readiness.Unready.class,
                        u -> assertThat(u.lacks())
                                .extracting(Lack::what)
                                .contains("there is no program 'stapbpf', SystemTap's BPF runtime"));
    }

    @Test
    void a_host_of_its_own_has_settings_of_its_own() {
        FakeHost sidecar = new FakeHost().helper("a container");
        sidecar.files().file("/proc/self/status", "Uid:\t0\t0\t0\t0\n").file("/proc/self/limits", "");

        assertThat(new Preflight(
                                sidecar,
                                new StapSettings("probeunit.sidecar.stap", "stap", Map.of(), Duration.ofSeconds(1)))
                        .check())
                .isInstanceOfSatisfying(
                        Readiness.Unready.class,
                        u -> assertThat(u.lacks().get(0).cure())
                                .endsWith(
                                        " It must be in the image of the fake (probeunit.sidecar.image). If it has another name, give that in probeunit.sidecar.stap.command."));
    }

    @Test
    void everything_that_is_missing_is_said_at_once() {
        host.machine("aarch64").files().delete("/sys");
        host.files().delete("/proc/config.gz");
        host.program("stap", 0, "", STAP.replace("4.8", "4.2"));

        assertThat(lacks())
                .extracting(Lack::what)
                .satisfiesExactly(
                        what -> assertThat(what)
                                .isEqualTo("the machine is aarch64; this engine knows the registers of x86_64 alone"),
                        what -> assertThat(what).startsWith("SystemTap 4.2 is too old"),
                        what -> assertThat(what)
                                .startsWith(
                                        "there is no file /sys/kernel/debug/tracing/uprobe_events: tracefs is not mounted"),
                        what -> assertThat(what).startsWith("the configuration of the running kernel"));
    }

    /** Debian lets only root and a group run stapbpf, and only root see tracefs: neither need be missing. */
    @Test
    void who_is_not_root_is_told_just_that() {
        FakeHost withoutStapbpf = new FakeHost();
        withoutStapbpf
                .program("stap", 0, "", STAP)
                .files()
                .file("/proc/self/status", "Uid:\t0\t1000\t0\t0\n")
                .file("/proc/config.gz", "");

        assertThat(new Preflight(withoutStapbpf, StapSettings.defaults()).check())
                .isInstanceOfSatisfying(
                        Readiness.Unready.class,
                        u -> assertThat(u.lacks()).singleElement().satisfies(lack -> {
                            assertThat(lack.what()).isEqualTo("the JVM runs as user 1000; arming uprobes needs root");
                            assertThat(lack.cure()).contains("as root", "AUTO or SIDECAR");
                        }));
    }

    @Test
    @Timeout(20)
    void a_tool_that_prints_much_on_both_streams_and_never_ends_is_killed() throws InterruptedException {
        Tool.Result result = Tool.run(
                new LocalHost(), Command.of("sh", "-c", "(yes out & yes err >&2) ; sleep 60"), Duration.ofMillis(300));

        assertThat(result.status()).isEmpty();
        assertThat(result.output()).startsWith("out\nout\n").hasSizeLessThanOrEqualTo(1 << 20);
        assertThat(result.errors()).startsWith("err\nerr\n");
    }

    private Readiness check() {
        return new Preflight(host, StapSettings.defaults()).check();
    }

    private List<Lack> lacks() {
        return ((Readiness.Unready) check()).lacks();
    }

    private static StapSettings settings(String command) {
        return new StapSettings("probeunit.stap", command, Map.of(), Duration.ofSeconds(1));
    }
}
