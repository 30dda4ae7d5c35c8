package io.probeunit.internal.engine.perf;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.internal.engine.PreflightResult;
import io.probeunit.internal.engine.PreflightResult.Lack;
import io.probeunit.internal.host.FakeHost;
import io.probeunit.internal.host.HostException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is missing. That nothing is missing is seen on real machines. */
class PerfPreflightTest {

    private static final String EVENTS = "/sys/kernel/tracing/uprobe_events";

    private final FakeHost host = new FakeHost();
    private PerfSettings settings = new PerfSettings("probeunit.perf", "perf", Duration.ofSeconds(5));

    @BeforeEach
    void aMachine() {
        host.program("perf", 0, "perf version 6.1.192\n", "")
                .files()
                .file("/proc/100/status", "Name:\tjava\nUid:\t1000\t0\t0\t0\n")
                .file("/proc/sys/kernel/perf_event_paranoid", "4\n")
                .file(EVENTS, "")
                .file("/proc/100/stat", "100 (java) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 30 0 5 0 0")
                .createLink("/proc/self", "100");
    }

    @Test
    void perf_may_be_absent_or_another_program() {
        settings = new PerfSettings("probeunit.perf", "/opt/perf", Duration.ofSeconds(5));
        assertThat(lacks()).singleElement().satisfies(lack -> {
            assertThat(lack.what()).isEqualTo("there is no program '/opt/perf'");
            assertThat(lack.cure()).contains("apt-get install linux-perf", "linux-tools", "probeunit.perf.command");
        });

        settings = new PerfSettings("probeunit.perf", "perf", Duration.ofSeconds(5));
        host.program("perf", 2, "", "WARNING: perf not found for kernel 6.8.0-31\n\n  You may need to install\n");
        assertThat(lacks())
                .extracting(Lack::what)
                .containsExactly(
                        "'perf --version' does not print a version of perf, but: WARNING: perf not found for kernel 6.8.0-31 / You may need to install");
    }

    @Test
    void what_keeps_perf_from_running_is_not_taken_for_its_absence() {
        host.program("perf", command -> {
            throw new HostException("Could not start 'perf --version' (PU1123): Permission denied");
        });

        assertThat(lacks()).singleElement().satisfies(lack -> {
            assertThat(lack.what())
                    .isEqualTo(
                            "'perf --version' could not be run (PU1008): Could not start 'perf --version' (PU1123): Permission denied");
            assertThat(lack.cure()).doesNotContain("apt-get");
        });
    }

    @Test
    void everything_that_is_missing_is_told_at_once() {
        host.machine("riscv64").files().delete(EVENTS);
        settings = new PerfSettings("probeunit.perf", "nothing", Duration.ofSeconds(5));

        assertThat(lacks())
                .extracting(Lack::what)
                .satisfiesExactly(
                        machine -> assertThat(machine).contains("riscv64"),
                        perf -> assertThat(perf).contains("nothing"),
                        tracefs -> assertThat(tracefs).contains("uprobe_events", "tracefs"));
    }

    /** That it is not mounted would be a guess: nobody else may look. */
    @Test
    void who_is_not_root_is_told_just_that() {
        host.files().file("/proc/100/status", "Uid:\t1000\t1000\t0\t0\n");
        host.files().delete(EVENTS);

        assertThat(lacks()).singleElement().satisfies(lack -> {
            assertThat(lack.what()).isEqualTo("the JVM runs as user 1000; making uprobe events needs root (PU1010)");
            assertThat(lack.cure()).contains("as root", "host SIDECAR");
        });
    }

    @Test
    void the_kernel_may_refuse_events() {
        host.files().control(EVENTS, text -> {
            if (!text.startsWith("-")) {
                throw new HostException("Could not write to it: Operation not permitted");
            }
        });
        host.files().file("/sys/kernel/tracing/error_log", "[ 1.2] old\n[ 3.4] trace_uprobe: error: Locked\n   ^\n");

        assertThat(lacks()).singleElement().satisfies(lack -> {
            assertThat(lack.what()).contains("Operation not permitted");
            assertThat(lack.cure()).contains("lockdown", "error: Locked").doesNotContain("old");
        });
        assertThat(host.files().list("/run/probeunit/perf")).isEmpty();
    }

    @Test
    void perf_may_be_unable() {
        host.files().control(EVENTS, text -> {});
        host.program("sh", 255, "", "Error: Access to performance monitoring is limited.\n");

        assertThat(lacks()).hasSize(2).allSatisfy(lack -> {
            assertThat(lack.what()).contains("Access to performance monitoring is limited");
            assertThat(lack.cure()).contains("perf_event_paranoid is 4");
        });
    }

    @Test
    void in_a_sidecar_the_image_is_what_lacks_perf() {
        host.helper("a container");
        settings = new PerfSettings("probeunit.sidecar.perf", "perf_6.1", Duration.ofSeconds(5));

        assertThat(lacks()).singleElement().satisfies(lack -> {
            assertThat(lack.what()).isEqualTo("there is no program 'perf_6.1'");
            assertThat(lack.cure())
                    .contains(
                            "apt-get install linux-perf", "probeunit.sidecar.image", "probeunit.sidecar.perf.command");
        });
    }

    private List<Lack> lacks() {
        PreflightResult result = new PerfPreflight(host, settings).check();
        assertThat(result).isInstanceOf(PreflightResult.Failed.class);
        return ((PreflightResult.Failed) result).lacks();
    }
}
