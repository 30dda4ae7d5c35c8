package io.probeunit.host.remote;

import com.sun.jna.LastErrorException;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What of the kernel a container does not show by itself: tracefs and debugfs, the hierarchy of cgroup v2 where the daemon
 * manages v1, all of that of {@code perf_event} where it is one of v1, and the kernel's configuration. What cannot be shown
 * is missed by a preflight, which says so.
 */
final class KernelFiles {

    private static final Path DEBUG = Path.of("/sys/kernel/debug");
    private static final Path TRACING = Path.of("/sys/kernel/tracing");
    private static final Path GROUPS = Path.of("/run/probeunit/cgroup");
    private static final Path BOOT = Path.of("/boot");

    private static final String PERF_EVENT = "perf_event";

    /** Fields of a line; proc_pid_mountinfo(5). */
    private static final int ROOT = 3;

    private static final int MOUNT_POINT = 4;

    /** The root of the machine's first process. */
    private static final Path BOOT_OF_MACHINE = Path.of("/proc/1/root/boot");

    private KernelFiles() {}

    static void mount() {
        MountCalls kernel = MountCalls.load();
        attempt("debugfs", () -> {
            if (!Files.exists(DEBUG.resolve("tracing"))) {
                kernel.mount("none", DEBUG.toString(), "debugfs", 0, Pointer.NULL);
            }
        });
        attempt("tracefs", () -> {
            // debugfs will not always bring it
            if (!Files.exists(TRACING.resolve("uprobe_events"))) {
                kernel.mount("none", TRACING.toString(), "tracefs", 0, Pointer.NULL);
            }
        });
        attempt("cgroup2", () -> {
            if (Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                    .noneMatch(line -> line.contains(" - cgroup2 "))) {
                Files.createDirectories(GROUPS);
                kernel.mount("none", GROUPS.toString(), "cgroup2", 0, Pointer.NULL);
            }
        });
        attempt("perf_event", () -> {
            for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
                Optional<String> folder = partOfPerfEvent(line);
                if (folder.isPresent()) {
                    // the kernel does not mount a hierarchy over a part of itself
                    kernel.umount2(folder.get(), MountCalls.DETACH);
                    kernel.mount("none", folder.get(), "cgroup", 0, PERF_EVENT);
                }
            }
        });
        attempt("the kernel's configuration", KernelFiles::linkConfigurations);
    }

    /** Where a line of {@code mountinfo} mounts but a part of this hierarchy, as daemons do for a container: its own groups. */
    static Optional<String> partOfPerfEvent(String line) {
        String[] fields = line.split(" ");
        boolean isPart = !fields[ROOT].equals("/");
        boolean isPerfEvent = line.matches(".* - cgroup \\S+ (\\S+,)?" + PERF_EVENT);
        return isPart && isPerfEvent ? Optional.of(fields[MOUNT_POINT]) : Optional.empty();
    }

    private static void linkConfigurations() throws IOException {
        for (Path config : configurations()) {
            Path here = BOOT.resolve(config.getFileName().toString());
            if (!Files.exists(here)) {
                Files.createSymbolicLink(here, config);
            }
        }
    }

    private static List<Path> configurations() throws IOException {
        if (!Files.isDirectory(BOOT_OF_MACHINE)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(BOOT_OF_MACHINE)) {
            return files.filter(f -> f.getFileName().toString().startsWith("config-"))
                    .toList();
        }
    }

    private static void attempt(String what, Step step) {
        try {
            step.run();
        } catch (IOException | LastErrorException e) {
            System.err.printf("%s could not be shown: %s%n", what, e.getMessage());
        }
    }

    private interface Step {
        void run() throws IOException;
    }
}
