package io.probeunit.internal.targets;

import io.probeunit.ProbeException;
import io.probeunit.internal.host.FileContent;
import io.probeunit.internal.host.FileIdentity;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.HostException;
import io.probeunit.internal.host.HostFiles;
import io.probeunit.internal.plan.BinarySelector;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Finds files of targets, and where the host sees them. Thread-safe. */
public final class TargetFiles {

    private final Host host;
    private final HostFiles files;
    private final Map<Place, TargetFile> located = new ConcurrentHashMap<>();

    /**
     * Creates a finder.
     *
     * @param host where the targets' processes are visible
     */
    public TargetFiles(Host host) {
        this.host = host;
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
        BinarySelector meant = target.meant(selector);
        try {
            TargetFile found = findWhileItRuns(target, meant);
            refuseEnded(target);
            return found;
        } catch (ProbeException | HostException e) {
            // a process that has ended has no files, which is no fault of a name; its id may even be another's by now
            refuseEnded(target);
            throw e;
        }
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
        TargetFile file = find(target, selector);
        return new ReadableFile(
                file.path(),
                file.reach() == Reach.PROCESS ? file.hostPath() : new ContainerPaths(files, target).seen(file.path()));
    }

    /**
     * What else the container's processes execute; for advice.
     *
     * @param target the container
     * @param limit how many files at most
     * @return files that are at their paths, without the executable of the first process
     */
    public List<TargetFile> otherExecutables(Target target, int limit) {
        ContainerPaths paths = new ContainerPaths(files, target);
        Optional<String> first = files.link("/proc/%d/exe".formatted(target.pid()));
        return new TargetProcesses(files, target)
                .executables().stream()
                        .filter(path -> !first.equals(Optional.of(path)))
                        .flatMap(path -> paths.find(path).stream())
                        .distinct()
                        .limit(limit)
                        .map(path -> atPath(target, path, paths))
                        .toList();
    }

    /**
     * What a container's processes execute now.
     *
     * @param programs the target's default binary first, if it names one; then the executables
     * @param libraries what else is mapped to be executed
     */
    public record Loaded(List<TargetFile> programs, List<TargetFile> libraries) {

        /** Keeps copies of the lists. */
        public Loaded {
            programs = List.copyOf(programs);
            libraries = List.copyOf(libraries);
        }
    }

    /**
     * What the container's processes execute now, and what is at its path; for reading alone.
     *
     * @param target the container
     * @param limit how many files at most
     * @return each once
     */
    public Loaded loaded(Target target, int limit) {
        TargetProcesses processes = new TargetProcesses(files, target);
        Set<String> programs = new LinkedHashSet<>();
        if (target.defaultBinary() instanceof BinarySelector.AbsolutePath named) {
            programs.add(named.path());
        }
        programs.addAll(processes.executables());
        Set<String> libraries = processes.executed();
        libraries.removeAll(programs);
        List<TargetFile> found = readable(target, programs, limit);
        return new Loaded(found, readable(target, libraries, limit - found.size()));
    }

    private List<TargetFile> readable(Target target, Set<String> named, int limit) {
        ContainerPaths paths = new ContainerPaths(files, target);
        return named.stream()
                .flatMap(path -> paths.find(path).stream())
                .distinct()
                .limit(limit)
                .flatMap(path -> files.identity(paths.seen(path)).stream()
                        .map(identity -> new TargetFile(path, paths.seen(path), identity, Reach.ROOT)))
                .toList();
    }

    /**
     * A file inside a container, links followed inside it.
     *
     * @param target the container
     * @param path absolute, inside the container
     * @return its content; empty if there is no such file, or it cannot be read
     */
    public Optional<FileContent> content(Target target, String path) {
        ContainerPaths paths = new ContainerPaths(files, target);
        try {
            return paths.find(path).map(found -> files.content(paths.seen(found)));
        } catch (HostException unreadable) {
            return Optional.empty();
        }
    }

    /**
     * Where places of a file are mapped for execution by the container's processes.
     *
     * @param target the container
     * @param file a file of it
     * @param offsets of the places in the file, in bytes; the first of them that a process has mapped will do
     * @return one for each process that has mapped any
     */
    public List<MappedPlace> executable(Target target, TargetFile file, List<Long> offsets) {
        return new TargetProcesses(files, target).executable(file, offsets);
    }

    /**
     * Says whether processes may have begun to run a file before it was last changed. Those stay with what it was.
     *
     * @param target the container
     * @param file a file of it
     * @return false for most files: they are of the image, and older than the container
     */
    public boolean mayHaveRunBefore(Target target, TargetFile file) {
        return target.mayHaveRunBefore(
                Optional.of(Instant.EPOCH.plusNanos(file.identity().changed())));
    }

    /**
     * Where a path leads to inside a container, links followed.
     *
     * @param target the container
     * @param path absolute, inside the container
     * @return the path without links; empty if there is no such file
     */
    public Optional<String> leadsTo(Target target, String path) {
        return new ContainerPaths(files, target).find(path);
    }

    /**
     * What is at the path of a file that was deleted or replaced while a process runs it: what is started now runs that.
     *
     * @param target the container
     * @param file a file of it
     * @return empty for a file that is at its path, or if nothing that could be read is there
     */
    public Optional<TargetFile> successor(Target target, TargetFile file) {
        if (file.reach() != Reach.PROCESS) {
            return Optional.empty();
        }
        ContainerPaths paths = new ContainerPaths(files, target);
        try {
            return paths.find(file.path())
                    .filter(path -> files.isRegularFile(paths.seen(path)))
                    .map(path -> atPath(target, path, paths));
        } catch (ProbeException | HostException vanished) {
            return Optional.empty();
        }
    }

    /**
     * Says whether a target's container still is in the life in which it was looked up.
     *
     * @param target the container
     * @return false once its first process has ended
     */
    public boolean isRunning(Target target) {
        return target.notStarted().isEmpty() && target.firstProcess().isAlive(files);
    }

    private TargetFile findWhileItRuns(Target target, BinarySelector meant) {
        ContainerPaths paths = new ContainerPaths(files, target);
        if (meant instanceof BinarySelector.AbsolutePath absolute) {
            return byPath(target, absolute.path(), paths);
        }
        if (meant instanceof BinarySelector.FileName name) {
            BinaryNames.Found found = new BinaryNames(files, target, paths).find(name.name());
            return found instanceof BinaryNames.AtPath at
                    ? atPath(target, at.path(), paths)
                    : running(target, ((BinaryNames.Running) found).file());
        }
        return mainExecutable(target, paths);
    }

    private TargetFile mainExecutable(Target target, ContainerPaths paths) {
        String exe = "/proc/%d/exe".formatted(target.pid());
        String link = files.link(exe)
                .orElseThrow(() -> new ProbeException(
                        "The executable of target %s is not known: its main process (%d) has ended, or %s may not be read (PU0506). Name the binary in the annotation or in @Probed."
                                .formatted(target.name(), target.pid(), exe)));
        if (link.endsWith(TargetProcesses.DELETED)) {
            String path = link.substring(0, link.length() - TargetProcesses.DELETED.length());
            return running(target, new MappedFile(path, true, exe));
        }
        return stillMain(target, link, exe, paths).orElseGet(() -> mainAt(target, link, exe, paths));
    }

    /**
     * What was found before. The kernel names the file by the folders that it is in, none of which is a link; so the same name
     * of the same file leads where it led.
     */
    private Optional<TargetFile> stillMain(Target target, String link, String exe, ContainerPaths paths) {
        return Optional.ofNullable(located.get(new Place(target.containerId(), target.pid(), link)))
                .filter(file -> {
                    Optional<FileIdentity> same = Optional.of(file.identity());
                    return files.identity(exe).equals(same)
                            && files.identity(paths.seen(link)).equals(same)
                            && isShown(file);
                });
    }

    private TargetFile mainAt(Target target, String link, String exe, ContainerPaths paths) {
        String path = paths.resolve(link);
        Optional<FileIdentity> runs = files.identity(exe);
        Optional<FileIdentity> there = files.identity(paths.seen(path));
        // something may have been mounted over it
        return runs.filter(file -> there.filter(file::isSameFile).isEmpty()).isPresent()
                ? running(target, new MappedFile(path, true, exe))
                : atPath(target, path, paths);
    }

    /** A file that was put there after the container had started may not be the one that its processes run. */
    private TargetFile byPath(Target target, String path, ContainerPaths paths) {
        String resolved;
        try {
            resolved = paths.resolve(path);
        } catch (ProbeException missing) {
            return stillRun(target, paths.withParentResolved(path)).orElseThrow(() -> missing);
        }
        Optional<TargetFile> old = target.mayHaveRunBefore(files.changed(paths.seen(resolved)))
                ? stillRun(target, resolved)
                : Optional.empty();
        return old.orElseGet(() -> atPath(target, resolved, paths));
    }

    /** The file that was once at a path, if processes run it and none runs the one that is there now. */
    private Optional<TargetFile> stillRun(Target target, String path) {
        TargetProcesses processes = new TargetProcesses(files, target);
        List<MappedFile> mapped =
                processes.mapped().stream().filter(m -> m.path().equals(path)).toList();
        List<MappedFile> gone = processes.gone(mapped);
        if (gone.size() > 1 || !gone.isEmpty() && mapped.stream().anyMatch(m -> !m.deleted())) {
            throw new ProbeException(
                    "%s in target %s was replaced while it runs, and processes run both an old and a newer file, so it is not known which one is meant (PU0504). Restart the process that runs the old one, or the container."
                            .formatted(path, target.name()));
        }
        return gone.stream().map(m -> running(target, m)).findFirst();
    }

    private TargetFile running(Target target, MappedFile mapped) {
        FileIdentity identity = files.identity(mapped.hostPath())
                .orElseThrow(() -> new ProbeException(
                        "%s in target %s was deleted or replaced while a process runs it, and that process ended while the file was looked up."
                                .formatted(mapped.path(), target.name())));
        return new TargetFile(mapped.path(), mapped.hostPath(), identity, Reach.PROCESS);
    }

    private TargetFile atPath(Target target, String path, ContainerPaths paths) {
        FileIdentity identity = files.identity(paths.seen(path))
                .orElseThrow(() -> new ProbeException(
                        "%s in target %s vanished while it was looked up (PU0511).".formatted(path, target.name())));
        return known(target, path, identity).orElseGet(() -> located(target, path, identity, paths));
    }

    private TargetFile located(Target target, String path, FileIdentity identity, ContainerPaths paths) {
        if (!files.isRegularFile(paths.seen(path))) {
            throw new ProbeException("%s in target %s is not a regular file; name an executable or a library (PU0510)."
                    .formatted(path, target.name()));
        }
        TargetFile file = shownByMount(target, path, identity)
                .map(host -> new TargetFile(path, host, identity))
                .orElseGet(() -> new TargetFile(path, paths.seen(path), identity, Reach.ROOT));
        if (target.notStarted().isEmpty()) {
            located.put(new Place(target.containerId(), target.pid(), path), file);
        }
        return file;
    }

    /** What was found before, if the same file is still there; reading the tables of mounts is the slow part. */
    private Optional<TargetFile> known(Target target, String path, FileIdentity identity) {
        return Optional.ofNullable(located.get(new Place(target.containerId(), target.pid(), path)))
                .filter(file -> file.identity().equals(identity) && isShown(file));
    }

    private boolean isShown(TargetFile file) {
        return files.identity(file.hostPath())
                .filter(file.identity()::isSameFile)
                .isPresent();
    }

    /** A path in one life of a container. */
    private record Place(String containerId, long pid, String path) {}

    private void refuseEnded(Target target) {
        if (target.notStarted().isEmpty() && !isRunning(target)) {
            throw new ProbeException(
                    "The container of target %s has ended, or was restarted: its main process, %d, is gone (PU0507). Look at its log with getLogs()."
                            .formatted(target.name(), target.pid()));
        }
    }

    /**
     * Goes by the number of the file system: the same number in the container's mounts and in the host's is the same file
     * system, whatever storage driver or image store made it, volumes and bind mounts included.
     *
     * @return empty where the host has not mounted the file system (a tmpfs), or shows another file at this place
     */
    private Optional<String> shownByMount(Target target, String path, FileIdentity identity) {
        if (target.notStarted().isPresent()) {
            return Optional.empty();
        }
        Mount inside = Mounts.read(files, "/proc/%d/mountinfo".formatted(target.pid())).stream()
                .filter(m -> m.covers(path))
                // of two at the same point the later one hides the earlier
                .reduce((one, next) -> next.point().length() >= one.point().length() ? next : one)
                .orElseThrow(() -> new ProbeException(
                        "Target %s has no mount that holds %s (PU0513).".formatted(target.name(), path)));
        String inFileSystem = inside.inFileSystem(path);
        host.showRoot(target.pid());
        return Mounts.read(files, "/proc/self/mountinfo").stream()
                .filter(m -> m.device().equals(inside.device()) && m.shows(inFileSystem))
                .map(m -> m.pathOf(inFileSystem))
                // what a host shows on purpose first: by such a path it is known whose probe it is
                .sorted(Comparator.comparing(p -> !p.startsWith(Host.SHOWN_INSIDE + "/")))
                .filter(p -> files.identity(p).filter(identity::isSameFile).isPresent())
                .findFirst();
    }
}
