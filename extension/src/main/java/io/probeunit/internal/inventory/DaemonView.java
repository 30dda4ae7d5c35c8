package io.probeunit.internal.inventory;

import io.probeunit.ProbeException;
import io.probeunit.internal.docker.DockerContainer;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.targets.ContainerStatus;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The binaries of a container as its daemon shows them: for a user who may not look into {@code /proc}, or who is on
 * another machine.
 */
final class DaemonView {

    /** Where ld.so(8) looks without configuration, with the folders of one architecture that Debian and Alpine have. */
    private static final List<String> LIBRARY_FOLDERS = Stream.of(
                    "/lib", "/usr/lib", "/lib64", "/usr/lib64", "/usr/local/lib")
            .flatMap(folder -> Stream.of(
                    folder,
                    folder + "/x86_64-linux-gnu",
                    folder + "/aarch64-linux-gnu",
                    folder + "/x86_64-linux-musl",
                    folder + "/aarch64-linux-musl"))
            .filter(folder -> !folder.contains("64/"))
            .toList();

    private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final String DELETED = " (deleted)";

    private final String name;
    private final DockerContainer container;
    private final ContainerStatus status;
    private final ArchivePaths paths;

    DaemonView(String name, DockerContainer container, ContainerStatus status) {
        this.name = name;
        this.container = container;
        this.status = status;
        this.paths = new ArchivePaths(
                name,
                container.archive().orElseThrow(() -> new ProbeException("The container " + name + " has no id.")));
    }

    /**
     * Finds a binary.
     *
     * @throws ProbeException if there is none, or if it is ambiguous
     */
    FoundBinary find(BinarySelector selector) {
        if (selector instanceof BinarySelector.AbsolutePath absolute) {
            return paths.find(absolute.path()).orElseThrow(() -> new ProbeException(missing(absolute.path())));
        }
        if (selector instanceof BinarySelector.FileName file) {
            return named(file.name());
        }
        String path = mainExecutable();
        return paths.find(path).orElseThrow(() -> new ProbeException(missing(path)));
    }

    private String missing(String path) {
        return "There is no file %s in container %s (PU0817). Paths are those inside the container; the Docker daemon does not show files on a tmpfs."
                .formatted(path, name);
    }

    private FoundBinary named(String file) {
        Set<String> running = container.executables().values().stream()
                .filter(path -> fileName(path).equals(file))
                .collect(Collectors.toCollection(TreeSet::new));
        if (running.size() > 1) {
            throw new ProbeException(
                    "'%s' is ambiguous in container %s (PU0818): its processes run %s. Give the absolute path of the right one."
                            .formatted(file, name, String.join(" and ", running)));
        }
        List<String> folders = folders();
        return Stream.concat(running.stream(), folders.stream().map(folder -> folder + "/" + file))
                .map(paths::find)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new ProbeException(
                        "There is no binary '%s' in container %s (PU0819): none of its processes runs it, and it is not in %s. Give the absolute path; without access to the container's /proc, the libraries that it has loaded from other folders are not known."
                                .formatted(file, name, String.join(", ", folders))));
    }

    private List<String> folders() {
        return Stream.concat(
                        Stream.of(container
                                        .environment("PATH")
                                        .orElse(DEFAULT_PATH)
                                        .split(":"))
                                .filter(folder -> folder.startsWith("/")),
                        LIBRARY_FOLDERS.stream())
                .distinct()
                .toList();
    }

    private String mainExecutable() {
        if (!status.isRunning()) {
            throw new ProbeException(
                    "The container %s (%s, image %s) does not run (its status is '%s'), so its main executable is not known (PU0820). Name the binary by its absolute path, or start the container."
                            .formatted(name, status.shortId(), status.image(), status.status()));
        }
        String path = Optional.ofNullable(container.executables().get(status.pid()))
                .filter(exe -> exe.startsWith("/"))
                .or(this::linkOfFirstProcess)
                .orElseThrow(() -> new ProbeException(
                        "The main executable of container %s is not known (PU0821): this user may not read /proc/%d/exe, 'docker top' does not show it, and the container has no readlink. Name the binary, in the annotation or in @Probed."
                                .formatted(name, status.pid())));
        if (path.endsWith(DELETED)) {
            throw new ProbeException(
                    "The executable of container %s, %s, was deleted or replaced while it runs, so the file at its path is another one (PU0505). Restart the container."
                            .formatted(name, path));
        }
        return path;
    }

    /** As the user of that process, since the link may be read by its own user. */
    private Optional<String> linkOfFirstProcess() {
        return container
                .output(container.users().getOrDefault(status.pid(), "0"), "readlink", "/proc/1/exe")
                .filter(link -> link.startsWith("/"));
    }

    private static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
