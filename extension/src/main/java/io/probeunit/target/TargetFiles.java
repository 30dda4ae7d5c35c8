package io.probeunit.target;

import io.probeunit.ProbeException;
import io.probeunit.host.FileIdentity;
import io.probeunit.host.Host;
import io.probeunit.host.HostException;
import io.probeunit.host.HostFiles;
import io.probeunit.plan.BinarySelector;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/** Finds files of targets, and where the host sees them. Thread-safe. */
public final class TargetFiles {

    private final HostFiles files;
    private final Map<Place, TargetFile> located = new ConcurrentHashMap<>();

    /**
     * Creates a finder.
     *
     * @param host where the targets' processes are visible
     */
    public TargetFiles(Host host) {
        this.files = host.files();
    }

    /**
     * Finds a binary of a target.
     *
     * @param target the container
     * @param selector which file
     * @return the file, the same inode inside and on the host
     * @throws ProbeException if there is no such file, or the host cannot see it
     */
    public TargetFile find(Target target, BinarySelector selector) {
        return whileItRuns(target, selector, (paths, path) -> onHost(target, paths, path));
    }

    /**
     * Finds a binary of a target for reading alone: the host need not have mounted what it lies on.
     *
     * @param target the container
     * @param selector which file
     * @return the file
     * @throws ProbeException if there is no such file
     */
    public ReadableFile findToRead(Target target, BinarySelector selector) {
        return whileItRuns(target, selector, (paths, path) -> new ReadableFile(path, paths.seen(path)));
    }

    private <T> T whileItRuns(Target target, BinarySelector selector, BiFunction<ContainerPaths, String, T> result) {
        BinarySelector meant = selector instanceof BinarySelector.TargetDefault ? target.defaultBinary() : selector;
        try {
            ContainerPaths paths = new ContainerPaths(files, target);
            T found = result.apply(paths, regularFile(target, meant, paths));
            refuseEnded(target);
            return found;
        } catch (ProbeException | HostException e) {
            // a process that has ended has no files, which is no fault of a name; its id may even be another's by now
            refuseEnded(target);
            throw e;
        }
    }

    private String regularFile(Target target, BinarySelector meant, ContainerPaths paths) {
        String path = path(target, meant, paths);
        if (!files.isRegularFile(paths.seen(path))) {
            throw new ProbeException("%s in target %s is no regular file; name an executable or a library."
                    .formatted(path, target.name()));
        }
        return path;
    }

    private TargetFile onHost(Target target, ContainerPaths paths, String path) {
        FileIdentity identity = files.identity(paths.seen(path))
                .orElseThrow(() -> new ProbeException(
                        "%s in target %s vanished while it was looked up.".formatted(path, target.name())));
        return known(target, path, identity).orElseGet(() -> located(target, path, identity));
    }

    /** What was found before, if the same file is still there; reading the tables of mounts is the slow part. */
    private Optional<TargetFile> known(Target target, String path, FileIdentity identity) {
        return Optional.ofNullable(located.get(new Place(target.containerId(), target.pid(), path)))
                .filter(file -> file.identity().equals(identity))
                .filter(file ->
                        files.identity(file.hostPath()).filter(identity::equals).isPresent());
    }

    private TargetFile located(Target target, String path, FileIdentity identity) {
        TargetFile file = new TargetFile(path, hostPath(target, path, identity), identity);
        located.put(new Place(target.containerId(), target.pid(), path), file);
        return file;
    }

    /** A path in one life of a container. */
    private record Place(String containerId, long pid, String path) {}

    private void refuseEnded(Target target) {
        if (!target.firstProcess().isAlive(files)) {
            throw new ProbeException(
                    "The container of target %s has ended, or was restarted: its first process, %d, is gone. Look at its log with getLogs()."
                            .formatted(target.name(), target.pid()));
        }
    }

    private String path(Target target, BinarySelector selector, ContainerPaths paths) {
        if (selector instanceof BinarySelector.AbsolutePath absolute) {
            return paths.resolve(absolute.path());
        }
        if (selector instanceof BinarySelector.FileName name) {
            return new BinaryNames(files, target, paths).find(name.name());
        }
        return paths.resolve(mainExecutable(target));
    }

    private String mainExecutable(Target target) {
        String link = files.link("/proc/%d/exe".formatted(target.pid()))
                .orElseThrow(() -> new ProbeException(
                        "The executable of target %s cannot be told: its first process (%d) has ended, or /proc/%2$d/exe may not be read. Name the binary in the annotation or in @Probed."
                                .formatted(target.name(), target.pid())));
        if (link.endsWith(" (deleted)")) {
            throw new ProbeException(
                    "The executable of target %s, %s, was deleted or replaced while it runs, so the file at its path is another one. Restart the container."
                            .formatted(target.name(), link));
        }
        return link;
    }

    /**
     * Goes by the number of the file system: the same number in the container's mounts and in the host's is the same file
     * system, whatever storage driver or image store made it, volumes and bind mounts included.
     */
    private String hostPath(Target target, String path, FileIdentity identity) {
        Mount inside = Mounts.read(files, "/proc/%d/mountinfo".formatted(target.pid())).stream()
                .filter(m -> m.covers(path))
                // of two at the same point the later one hides the earlier
                .reduce((one, next) -> next.point().length() >= one.point().length() ? next : one)
                .orElseThrow(() ->
                        new ProbeException("Target %s has no mount that holds %s.".formatted(target.name(), path)));
        String inFileSystem = inside.inFileSystem(path);
        List<Mount> hosts = Mounts.read(files, "/proc/self/mountinfo").stream()
                .filter(m -> m.device().equals(inside.device()) && m.shows(inFileSystem))
                .toList();
        Optional<String> same = hosts.stream()
                .map(m -> m.pathOf(inFileSystem))
                .filter(p -> files.identity(p).filter(identity::equals).isPresent())
                .findFirst();
        return same.orElseThrow(() -> new ProbeException(
                "The host cannot see %s of target %s: it lies on a file system of type %s (device %s, mounted at %s in the container) that %s. Put the binary into the image, a volume or a bind mount."
                        .formatted(
                                path,
                                target.name(),
                                inside.type(),
                                inside.device(),
                                inside.point(),
                                hosts.isEmpty()
                                        ? "the host has not mounted anywhere"
                                        : "the host shows with another file at this place")));
    }
}
