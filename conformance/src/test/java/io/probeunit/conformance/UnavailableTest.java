package io.probeunit.conformance;

import io.probeunit.annotations.ExpectFunction;
import io.probeunit.annotations.ProbeSettings;
import io.probeunit.annotations.Probed;
import io.probeunit.conformance.kit.AttachedTruth;
import io.probeunit.conformance.kit.ChildJvm;
import io.probeunit.conformance.kit.OnlyEngine;
import io.probeunit.conformance.kit.Outcomes;
import io.probeunit.conformance.kit.ToolLog;
import io.probeunit.conformance.truth.TruthContainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** Where the engine cannot be used, each test says what is missing and what to do; it fails or is skipped, as set. */
@Tag("slow-with-perf")
@Testcontainers
@Timeout(120)
class UnavailableTest {

    private static final String NOBODY = "65534";

    @Container
    static final TruthContainer container = new TruthContainer();

    @TempDir
    Path folder;

    @Test
    void the_subject_passes_where_nothing_is_missing() {
        child().run().passed("fails", "isSkipped");
    }

    @Test
    @OnlyEngine("stap")
    void system_tap_is_absent() {
        failsAndSkips(child().property("probeunit.stap.command", "/nowhere/stap"), "/nowhere/stap", "apt-get install");
        failsAndSkips(child().environment("PATH", "/nowhere"), "stap", "apt-get install");
    }

    @Test
    @OnlyEngine("perf")
    void perf_is_absent() {
        failsAndSkips(
                child().property("probeunit.perf.command", "/nowhere/perf"),
                "/nowhere/perf",
                "apt-get install linux-perf");
    }

    @Test
    @OnlyEngine("perf")
    void a_perf_that_only_complains() {
        ToolLog wrapper = ToolLog.of("perf", folder, "echo 'WARNING: perf not found for kernel 9.9' >&2; exit 2");

        failsAndSkips(child().property("probeunit.perf.command", wrapper.command()), "perf not found for kernel 9.9");
    }

    /** It tells its version and fails at what is asked of it. */
    @Test
    @OnlyEngine("perf")
    void a_perf_that_may_not_trace() {
        failsAndSkips(
                child().under("setpriv", "--bounding-set", "-sys_admin,-perfmon", "--inh-caps", "-sys_admin,-perfmon"),
                "perf could not use a uprobe event",
                "perf_event_paranoid");
    }

    @Test
    @OnlyEngine("stap")
    void system_tap_is_too_old() {
        ToolLog old = ToolLog.of(
                "stap", folder, "echo 'Systemtap translator/driver (version 3.1/0.168, Debian version 3.1)'");

        failsAndSkips(child().property("probeunit.stap.command", old.command()), "3.1", "too old");
    }

    @Test
    @OnlyEngine("stap")
    void a_program_of_that_name_that_is_something_else() {
        ToolLog other = ToolLog.of("stap", folder, "echo 'stap: a tool for staplers'");

        failsAndSkips(child().property("probeunit.stap.command", other.command()), "staplers");
    }

    @Test
    void the_user_is_not_root() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path home = Files.createDirectory(folder.resolve("home"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));
        String docker = String.valueOf(Files.getAttribute(Path.of("/var/run/docker.sock"), "unix:gid"));

        failsAndSkips(
                child().withClassPathIn(folder)
                        .environment("HOME", home.toString())
                        .property("user.home", home.toString())
                        .under("setpriv", "--reuid", NOBODY, "--regid", docker, "--clear-groups"),
                "root");
    }

    @Test
    @OnlyEngine({"stap", "perf"})
    void tracefs_is_not_mounted() {
        failsAndSkips(
                child().under(
                                "unshare",
                                "--mount",
                                "--propagation",
                                "private",
                                "sh",
                                "-c",
                                "for m in $(awk '$3 == \"tracefs\" || $3 == \"debugfs\" { print $2 }' /proc/mounts);"
                                        + " do umount -l \"$m\"; done; exec \"$@\"",
                                "sh"),
                "tracefs",
                "mount");
    }

    /** Its processes are not this machine's, whatever the daemon's address says. */
    @Test
    void the_container_runs_on_another_machine() {
        failsAndSkips(child().under("unshare", "--pid", "--fork", "--kill-child", "--mount-proc"), "another machine");
    }

    @Test
    @OnlyEngine("stap")
    void fail_can_be_forced() {
        Outcomes outcomes = child().property("probeunit.stap.command", "/nowhere/stap")
                .property("probeunit.unavailable.force", "FAIL")
                .run();

        outcomes.failure("fails");
        outcomes.failure("isSkipped");
    }

    private static ChildJvm child() {
        return ChildJvm.of(Probing.class)
                .watching(container.getContainerId())
                .withoutProperty("probeunit.unavailable.force");
    }

    private static void failsAndSkips(ChildJvm child, String... words) {
        Outcomes outcomes = child.run();

        AbstractStringAssert<?> failure = outcomes.failure("fails");
        failure.contains(words);
        outcomes.skip("isSkipped").contains(words);
    }

    static class Probing {
        @Probed
        static final AttachedTruth container = new AttachedTruth();

        @Test
        @ExpectFunction(value = "alpha", times = 2)
        void fails() {
            container.truth().call("alpha", 2);
        }

        @Test
        @ExpectFunction(value = "alpha", times = 3)
        @ProbeSettings(unavailable = ProbeSettings.Unavailable.SKIP)
        void isSkipped() {
            container.truth().call("alpha", 3);
        }
    }
}
