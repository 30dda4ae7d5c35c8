package io.probeunit.conformance.kit;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A part of the cgroup hierarchy, for a JVM in a cgroup namespace of its own and the containers that it starts: what a Docker
 * daemon sees that is itself in a container. Closing it removes the groups; the containers must be gone.
 */
public final class CgroupNamespace implements AutoCloseable {

    private static final String PARENT = "build.conformance.cgroup.parent";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Enters the group, so that it becomes the namespace's root, and leaves it for a group inside: docker(1) needs it free. */
    private static final String ENTER = """
            set -e
            mount=$1; group=$2; shift 2
            echo $$ > "$group/cgroup.procs"
            exec unshare --cgroup --mount sh -c '
              set -e
              mount=$1; shift
              umount -l "$mount"
              mount -t cgroup2 none "$mount"
              if [ "$(stat -c %i "$mount")" = 1 ]; then echo "$mount shows the whole hierarchy" >&2; exit 1; fi
              mkdir "$mount/jvm"
              echo $$ > "$mount/jvm/cgroup.procs"
              exec "$@"' sh "$mount" "$@"
            """;

    private final String top;
    private final String path;
    private final Path mount;

    private CgroupNamespace(String top, String path, Path mount) {
        this.top = top;
        this.path = path;
        this.mount = mount;
    }

    /** Makes the groups. The last one is to be the namespace's root, and lies at this level of the whole hierarchy. */
    public static CgroupNamespace atLevel(int level) {
        String top = "probeunit%d.slice".formatted(ProcessHandle.current().pid());
        String path = IntStream.range(1, level).mapToObj(i -> "/a" + i).collect(Collectors.joining("", "/" + top, ""));
        Path mount = NestedCgroup.mount();
        try {
            Files.createDirectories(mount.resolve(path.substring(1)));
        } catch (IOException e) {
            throw new UncheckedIOException("This needs root", e);
        }
        return new CgroupNamespace(top, path, mount);
    }

    /** Lets a JVM run in the namespace. */
    public ChildJvm around(ChildJvm jvm) {
        return jvm.property(PARENT, path).under("sh", "-c", ENTER, "sh", mount.toString(), mount + path);
    }

    /** The group in which the containers of this JVM are to be; empty for the daemon's own choice. */
    public static Optional<String> parentOfContainers() {
        return Optional.ofNullable(System.getProperty(PARENT));
    }

    /** In all hierarchies: the daemon makes the same groups in those of version 1, and leaves them. */
    @Override
    public void close() {
        await("empty groups")
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(() -> {
                    for (Path hierarchy : hierarchies()) {
                        remove(hierarchy.resolve(top));
                    }
                    return true;
                });
    }

    private List<Path> hierarchies() {
        List<Path> all = new ArrayList<>(List.of(mount));
        try (Stream<Path> others = Files.list(mount.getParent())) {
            others.filter(other -> Files.isDirectory(other.resolve(top))).forEach(all::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    private static void remove(Path top) {
        if (!Files.exists(top)) {
            return;
        }
        try (Stream<Path> groups = Files.walk(top)) {
            for (Path group : groups.filter(Files::isDirectory)
                    .sorted(Comparator.reverseOrder())
                    .toList()) {
                Files.delete(group);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
