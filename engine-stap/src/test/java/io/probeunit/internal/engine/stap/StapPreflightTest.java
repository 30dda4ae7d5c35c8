package io.probeunit.internal.engine.stap;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.engine.PreflightResult;
import io.probeunit.internal.engine.PreflightResult.Lack;
import io.probeunit.internal.host.Command;
import io.probeunit.internal.host.FakeHost;
import io.probeunit.internal.host.HostException;
import io.probeunit.internal.host.LocalHost;
import io.probeunit.internal.host.Tool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is missing, said all at once, each with what to do. */
class StapPreflightTest {

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
        assertThat(check()).isEqualTo(new PreflightResult.Passed("SystemTap 4.8, BPF runtime, Linux 6.1.0-test"));
    }

    @Test
    void the_configuration_may_be_in_several_places() {
        host.files().delete("/proc/config.gz");
        assertThat(lacks())
                .containsExactly(new Lack(
                        "the configuration of the running kernel 6.1.0-test is not there (looked for /proc/config.gz, /boot/config-6.1.0-test, /lib/modules/6.1.0-test/config, /lib/modules/6.1.0-test/build/.config)",
                        "Install the package of the running kernel, or 'modprobe configs'."));

        host.files().file("/boot/config-6.1.0-test", "");
        assertThat(check()).isInstanceOf(PreflightResult.Passed.class);
    }

    @Test
    void stap_may_be_absent_or_another_program_or_too_old() {
        assertThat(new StapPreflight(host, settings("/opt/stap/bin/stap")).check())
                .isInstanceOfSatisfying(
                        PreflightResult.Failed.class,
                        u -> assertThat(u.lacks()).singleElement().satisfies(lack -> {
                            assertThat(lack.what()).isEqualTo("there is no program '/opt/stap/bin/stap' (PU1006)");
                            assertThat(lack.cure()).contains("apt-get install systemtap");
                        }));

        host.program("stap", 0, "GNU bash, version 5.2.15(1)-release\n", "");
        assertThat(lacks())
                .containsExactly(new Lack(
                        "'stap -V' does not print a version of SystemTap, but: GNU bash, version 5.2.15(1)-release",
                        "Name the right program in probeunit.stap.command."));

        host.program("stap", 1, "", "");
        assertThat(lacks())
                .extracting(Lack::what)
                .containsExactly("'stap -V' does not print a version of SystemTap, but: nothing");

        host.program("stap", 0, "", STAP.replace("4.8", "4.7"));
        assertThat(lacks())
                .extracting(Lack::what)
                .containsExactly("SystemTap 4.7 is too old; 4.8 is the oldest that is known to work");

        host.program("stap", 0, "", STAP.replace("4.8", "10.0"));
        assertThat(check()).isInstanceOf(PreflightResult.Passed.class);
    }

    @Test
    void what_keeps_a_program_from_running_is_not_taken_for_its_absence() {
        host.program("stapbpf", command -> {
            throw new HostException("The shell in container 012 has ended.");
        });
        assertThat(lacks()).singleElement().satisfies(lack -> {
            assertThat(lack.what())
                    .isEqualTo("'stapbpf -V' could not be run (PU1008): The shell in container 012 has ended.");
            assertThat(lack.cure()).doesNotContain("apt-get");
        });

        host.program("stap", command -> {
            throw new HostException("No space left on device");
        });
        assertThat(lacks())
                .singleElement()
                .satisfies(lack -> assertThat(lack.what())
                        .isEqualTo("'stap -V' could not be run (PU1008): No space left on device"));
    }

    @Test
    void stapbpf_may_be_absent() {
        FakeHost without = new FakeHost();
        without.program("stap", 0, "", STAP)
                .files()
                .file("/proc/self/status", "Uid:\t0\t0\t0\t0\n")
                .file("/proc/self/limits", "");

        assertThat(new StapPreflight(without, StapSettings.defaults()).check())
                .isInstanceOfSatisfying(
                        PreflightResult.Failed.class,
                        u -> assertThat(u.lacks())
                                .extracting(Lack::what)
                                .contains("there is no program 'stapbpf', SystemTap's BPF runtime (PU1009)"));
    }

    @Test
    void a_host_of_its_own_has_settings_of_its_own() {
        FakeHost sidecar = new FakeHost().helper("a container");
        sidecar.files().file("/proc/self/status", "Uid:\t0\t0\t0\t0\n").file("/proc/self/limits", "");

        assertThat(new StapPreflight(
                                sidecar,
                                new StapSettings("probeunit.sidecar.stap", "stap", Map.of(), Duration.ofSeconds(1)))
                        .check())
                .isInstanceOfSatisfying(
                        PreflightResult.Failed.class,
                        u -> assertThat(u.lacks().get(0).cure())
                                .endsWith(
                                        " It must be in the image of the fake (probeunit.sidecar.image). If it has another name, give that in probeunit.sidecar.stap.command."));
    }

    /** Since Linux 6.13, where the kernel switches tasks inside of itself; what it does is told in three places. */
    @Test
    void a_kernel_that_lets_variables_of_programs_be_overwritten() throws IOException {
        builtWith("CONFIG_PREEMPT_DYNAMIC=y", "CONFIG_PREEMPT_LAZY=y", "# CONFIG_PREEMPT_NONE is not set");
        host.release("6.12.9-1");
        assertThat(check()).isInstanceOf(PreflightResult.Passed.class);

        host.release("6.13.0-1");
        assertThat(lacks()).singleElement().satisfies(lack -> {
            assertThat(lack.what())
                    .startsWith("Linux 6.13.0-1 switches tasks inside the kernel (preemption model 'lazy')");
            assertThat(lack.cure()).startsWith("Use engine UPROBE");
        });
        host.release("7.2.12+deb14-cloud-amd64");
        assertThat(lacks()).hasSize(1);

        host.files().file("/proc/cmdline", "root=/dev/vda preempt=voluntary quiet\n");
        assertThat(check()).isInstanceOf(PreflightResult.Passed.class);

        host.files().file("/sys/kernel/debug/sched/preempt", "none voluntary (full) lazy\n");
        assertThat(lacks())
                .singleElement()
                .satisfies(lack -> assertThat(lack.what()).contains("'full'"));

        host.files().file("/sys/kernel/debug/sched/preempt", "(none) voluntary full lazy\n");
        assertThat(check()).isInstanceOf(PreflightResult.Passed.class);
    }

    @Test
    void a_kernel_that_was_built_with_one_model_alone() throws IOException {
        host.release("6.18.0").files().file("/proc/cmdline", "preempt=none");
        builtWith("CONFIG_PREEMPT=y");
        assertThat(lacks())
                .singleElement()
                .satisfies(lack -> assertThat(lack.what()).contains("'full'"));

        builtWith("CONFIG_PREEMPT=y", "CONFIG_PREEMPT_RT=y");
        assertThat(lacks())
                .singleElement()
                .satisfies(lack -> assertThat(lack.what()).contains("'rt'"));

        builtWith("CONFIG_PREEMPT_VOLUNTARY=y");
        assertThat(check()).isInstanceOf(PreflightResult.Passed.class);
        builtWith("CONFIG_PREEMPT_NONE=y");
        assertThat(check()).isInstanceOf(PreflightResult.Passed.class);
    }

    @Test
    void a_kernel_that_interprets_programs_keeps_their_variables_apart() throws IOException {
        host.release("7.2.0");
        builtWith("CONFIG_PREEMPT_LAZY=y");
        host.files().file("/proc/sys/net/core/bpf_jit_enable", "1\n");
        assertThat(lacks()).hasSize(1);

        host.files().file("/proc/sys/net/core/bpf_jit_enable", "0\n");
        assertThat(check()).isInstanceOf(PreflightResult.Passed.class);
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

        assertThat(new StapPreflight(withoutStapbpf, StapSettings.defaults()).check())
                .isInstanceOfSatisfying(
                        PreflightResult.Failed.class,
                        u -> assertThat(u.lacks()).singleElement().satisfies(lack -> {
                            assertThat(lack.what())
                                    .isEqualTo("the JVM runs as user 1000; arming uprobes needs root (PU1013)");
                            assertThat(lack.cure()).contains("as root", "host SIDECAR");
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

    private void builtWith(String... lines) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream pack = new GZIPOutputStream(packed)) {
            pack.write(String.join("\n", lines).getBytes(StandardCharsets.US_ASCII));
        }
        host.files().file("/proc/config.gz", packed.toByteArray());
    }

    private PreflightResult check() {
        return new StapPreflight(host, StapSettings.defaults()).check();
    }

    private List<Lack> lacks() {
        return ((PreflightResult.Failed) check()).lacks();
    }

    private static StapSettings settings(String command) {
        return new StapSettings("probeunit.stap", command, Map.of(), Duration.ofSeconds(1));
    }
}
