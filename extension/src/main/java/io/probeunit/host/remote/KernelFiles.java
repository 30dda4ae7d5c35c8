package io.probeunit.host.remote;

import com.sun.jna.LastErrorException;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What of the kernel a container does not show by itself: debugfs with the tracing files in it, the hierarchy of cgroup v2
 * where the daemon manages v1, and the kernel's configuration. What cannot be shown is missed by a preflight, which says so.
 */
final class KernelFiles {

    private static final Path DEBUG = Path.of("/sys/kernel/debug");
    private static final Path GROUPS = Path.of("/run/probeunit/cgroup");
    private static final Path BOOT = Path.of("/boot");

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
        attempt("cgroup2", () -> {
            if (Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                    .noneMatch(line -> line.contains(" - cgroup2 "))) {
                Files.createDirectories(GROUPS);
                kernel.mount("none", GROUPS.toString(), "cgroup2", 0, Pointer.NULL);
            }
        });
        attempt("the kernel's configuration", KernelFiles::linkConfigurations);
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
