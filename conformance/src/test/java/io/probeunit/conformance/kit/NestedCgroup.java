package io.probeunit.conformance.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/** A cgroup (v2) inside that of a container, as an init system in the container makes them. Closing it empties it. */
public final class NestedCgroup implements AutoCloseable {

    private static final String PROCESSES = "cgroup.procs";

    private final Path parent;
    private final Path folder;

    private NestedCgroup(Path parent) {
        this.parent = parent;
        folder = parent.resolve("nested");
    }

    /** Makes one inside the cgroup of a process of this machine. */
    public static NestedCgroup inside(int pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/%d/cgroup".formatted(pid)))) {
            String path = lines.filter(line -> line.startsWith("0::/"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("No cgroup v2"))
                    .substring("0::/".length());
            NestedCgroup nested = new NestedCgroup(mount().resolve(path));
            Files.createDirectory(nested.folder);
            return nested;
        } catch (IOException e) {
            throw new UncheckedIOException("This needs root", e);
        }
    }

    /** Where the hierarchy is mounted. */
    static Path mount() {
        return Stream.of(Path.of("/sys/fs/cgroup/unified"), Path.of("/sys/fs/cgroup"))
                .filter(m -> Files.exists(m.resolve(PROCESSES)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No cgroup v2 is mounted"));
    }

    /** Moves a process into it. */
    public void add(int pid) {
        move(pid, folder);
    }

    @Override
    public void close() {
        try {
            for (String pid : Files.readAllLines(folder.resolve(PROCESSES))) {
                move(Integer.parseInt(pid), parent);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void move(int pid, Path to) {
        try {
            Files.writeString(to.resolve(PROCESSES), pid + "\n", StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
