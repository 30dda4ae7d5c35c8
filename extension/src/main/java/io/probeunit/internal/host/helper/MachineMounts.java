package io.probeunit.internal.host.helper;

import io.probeunit.internal.host.HostException;
import io.probeunit.internal.host.HostFiles;
import io.probeunit.internal.kernel.KernelException;
import java.util.Optional;

/**
 * Mounts that a container does not have by itself: tracefs and debugfs, the cgroup v2 hierarchy if the daemon manages
 * v1, the whole {@code perf_event} hierarchy if it is a v1 hierarchy, and the kernel's configuration. If one of them
 * cannot be mounted, the preflight that needs it reports it.
 */
public final class MachineMounts {

    private static final System.Logger LOG = System.getLogger(MachineMounts.class.getName());

    private static final String DEBUG = "/sys/kernel/debug";
    private static final String TRACING = "/sys/kernel/tracing";
    private static final String GROUPS = "/run/probeunit/cgroup";
    private static final String MOUNTS = "/proc/self/mountinfo";
    private static final String BOOT = "/boot";
    private static final String PERF_EVENT = "perf_event";

    /** Fields of a line; proc_pid_mountinfo(5). */
    private static final int ROOT = 3;

    private static final int MOUNT_POINT = 4;

    /** The root of the machine's first process. */
    private static final String BOOT_OF_MACHINE = "/proc/1/root/boot";

    private final HostFiles files;
    private final MountCalls calls;

    private MachineMounts(Helper helper) {
        this.files = helper.files();
        this.calls = new MountCalls(helper.kernel());
    }

    /**
     * Shows what can be shown.
     *
     * @param helper in a privileged container, with its own mounts
     */
    public static void show(Helper helper) {
        MachineMounts mounts = new MachineMounts(helper);
        attempt("debugfs", mounts::debug);
        // debugfs will not always bring it
        attempt("tracefs", mounts::tracing);
        attempt("cgroup2", mounts::groups);
        attempt("perf_event", mounts::perfEvent);
        attempt("the kernel's configuration", mounts::linkConfigurations);
    }

    private void debug() {
        if (!files.exists(DEBUG + "/tracing")) {
            calls.mount("none", DEBUG, "debugfs", 0, "");
        }
    }

    private void tracing() {
        if (!files.exists(TRACING + "/uprobe_events")) {
            calls.mount("none", TRACING, "tracefs", 0, "");
        }
    }

    private void groups() {
        if (files.text(MOUNTS).lines().noneMatch(line -> line.contains(" - cgroup2 "))) {
            files.createFolder(GROUPS);
            calls.mount("none", GROUPS, "cgroup2", 0, "");
        }
    }

    /** The kernel does not mount a hierarchy over a part of itself. */
    private void perfEvent() {
        files.text(MOUNTS)
                .lines()
                .flatMap(line -> partOfPerfEvent(line).stream())
                .forEach(folder -> {
                    calls.unmount(folder);
                    calls.mount("none", folder, "cgroup", 0, PERF_EVENT);
                });
    }

    /** Where a line of {@code mountinfo} mounts but a part of this hierarchy, as daemons do for a container: its own groups. */
    static Optional<String> partOfPerfEvent(String line) {
        String[] fields = line.split(" ");
        boolean isPart = !fields[ROOT].equals("/");
        boolean isPerfEvent = line.matches(".* - cgroup \\S+ (\\S+,)?" + PERF_EVENT);
        return isPart && isPerfEvent ? Optional.of(fields[MOUNT_POINT]) : Optional.empty();
    }

    private void linkConfigurations() {
        files.createFolder(BOOT);
        for (String name : files.list(BOOT_OF_MACHINE)) {
            if (name.startsWith("config-") && !files.exists(BOOT + "/" + name)) {
                files.createLink(BOOT + "/" + name, BOOT_OF_MACHINE + "/" + name);
            }
        }
    }

    private static void attempt(String what, Runnable step) {
        try {
            step.run();
        } catch (HostException | KernelException e) {
            LOG.log(System.Logger.Level.DEBUG, "{0} could not be shown: {1}", what, e.getMessage());
        }
    }
}
