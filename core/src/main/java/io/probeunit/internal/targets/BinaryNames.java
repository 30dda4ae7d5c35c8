package io.probeunit.internal.targets;

import io.probeunit.ProbeException;
import io.probeunit.internal.host.HostFiles;
import io.probeunit.internal.plan.NearestNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds a binary by its bare name: mapped by the container's processes, then PATH, then the library folders. */
final class BinaryNames {

    /** Where ld.so(8) looks without configuration, on Debian, Fedora and Alpine; globs are not needed. */
    private static final List<String> LIBRARY_FOLDERS =
            List.of("/lib", "/usr/lib", "/lib64", "/usr/lib64", "/usr/local/lib");

    private static final int NEAREST = 5;
    private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final HostFiles files;
    private final Target target;
    private final ContainerPaths paths;

    BinaryNames(HostFiles files, Target target, ContainerPaths paths) {
        this.files = files;
        this.target = target;
        this.paths = paths;
    }

    /**
     * Finds the file of a name.
     *
     * @return its path without links, or the file that a process runs though it is no longer at its path
     */
    Found find(String name) {
        TargetProcesses processes = new TargetProcesses(files, target);
        List<MappedFile> mapped = processes.mapped();
        List<MappedFile> ofThatName =
                mapped.stream().filter(m -> m.fileName().equals(name)).toList();
        Set<String> there = ofThatName.stream()
                .filter(m -> !m.deleted())
                .map(m -> paths.find(m.path()))
                .flatMap(Optional::stream)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        List<MappedFile> gone = processes.gone(ofThatName);
        if (there.size() + gone.size() > 1) {
            throw new ProbeException(ambiguous(name, there, gone));
        }
        Optional<Found> running = gone.stream().<Found>map(Running::new).findFirst();
        if (running.isPresent()) {
            return running.get();
        }
        List<String> folders = folders();
        return there.stream()
                .findFirst()
                .or(() -> folders.stream()
                        .map(f -> paths.find(f + "/" + name))
                        .flatMap(Optional::stream)
                        .findFirst())
                .<Found>map(AtPath::new)
                .orElseThrow(() -> new ProbeException(missing(name, mapped, folders)));
    }

    /** Where a file is. */
    sealed interface Found {}

    /** At a path. */
    record AtPath(String path) implements Found {}

    /** At no path, but a process runs it. */
    record Running(MappedFile file) implements Found {}

    private String ambiguous(String name, Set<String> there, List<MappedFile> gone) {
        String all = Stream.concat(
                        there.stream(), gone.stream().map(m -> m.path() + " (which was deleted or replaced)"))
                .collect(Collectors.joining(" and "));
        return "'%s' is ambiguous in target %s (PU0503): its processes have mapped %s. %s"
                .formatted(
                        name,
                        target.name(),
                        all,
                        gone.isEmpty()
                                ? "Give the absolute path of the right one."
                                : "Restart the process that still runs the old file, or the container.");
    }

    private String missing(String name, List<MappedFile> mapped, List<String> folders) {
        List<String> known = Stream.concat(
                        mapped.stream().map(MappedFile::fileName),
                        folders.stream().flatMap(f -> paths.names(f).stream()))
                .distinct()
                .toList();
        List<String> near = NearestNames.to(name, known, NEAREST);
        return "There is no binary '%s' in target %s (PU0502): no process has mapped it, and it is not in %s%s."
                .formatted(
                        name,
                        target.name(),
                        String.join(", ", folders),
                        near.isEmpty() ? "" : ". Nearest names: " + String.join(", ", near));
    }

    private List<String> folders() {
        String path = target.notStarted()
                .map(NotStarted::searchPath)
                .orElseGet(this::searchPathOfFirstProcess)
                .orElse(DEFAULT_PATH);
        List<String> folders = new ArrayList<>(
                Arrays.stream(path.split(":")).filter(f -> f.startsWith("/")).toList());
        for (String folder : LIBRARY_FOLDERS) {
            folders.add(folder);
            folders.addAll(multiarch(folder));
        }
        return folders.stream().distinct().toList();
    }

    private Optional<String> searchPathOfFirstProcess() {
        return Arrays.stream(text("/proc/%d/environ".formatted(target.pid())).split("\0"))
                .filter(v -> v.startsWith("PATH="))
                .map(v -> v.substring("PATH=".length()))
                .findFirst();
    }

    /** Folders such as {@code /usr/lib/x86_64-linux-gnu}. */
    private List<String> multiarch(String folder) {
        return paths.names(folder).stream()
                .filter(name -> name.endsWith("-linux-gnu") || name.endsWith("-linux-musl"))
                .map(name -> folder + "/" + name)
                .toList();
    }

    private String text(String path) {
        return files.textIfThere(path).orElse("");
    }
}
