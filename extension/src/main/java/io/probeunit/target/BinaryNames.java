package io.probeunit.target;

import io.probeunit.ProbeException;
import io.probeunit.host.HostFiles;
import io.probeunit.plan.NearestNames;
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

    private static final String DELETED = " (deleted)";
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

    String find(String name) {
        Set<String> maps = maps();
        refuseReplaced(name, maps);
        Set<String> mapped =
                maps.stream().filter(p -> !p.endsWith(DELETED)).collect(Collectors.toCollection(LinkedHashSet::new));
        Set<String> ofThatName = mapped.stream()
                .filter(p -> fileName(p).equals(name))
                .map(paths::find)
                .flatMap(Optional::stream)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (ofThatName.size() > 1) {
            throw new ProbeException(
                    "'%s' is ambiguous in target %s: its processes have mapped %s. Give the absolute path of the one that is meant."
                            .formatted(name, target.name(), String.join(" and ", ofThatName)));
        }
        List<String> folders = folders();
        return ofThatName.stream()
                .findFirst()
                .or(() -> folders.stream()
                        .map(f -> paths.find(f + "/" + name))
                        .flatMap(Optional::stream)
                        .findFirst())
                .orElseThrow(() -> new ProbeException(missing(name, mapped, folders)));
    }

    private String missing(String name, Set<String> mapped, List<String> folders) {
        List<String> known = Stream.concat(
                        mapped.stream().map(BinaryNames::fileName),
                        folders.stream().flatMap(f -> paths.names(f).stream()))
                .distinct()
                .toList();
        List<String> near = NearestNames.to(name, known, NEAREST);
        return "There is no binary '%s' in target %s: no process has mapped it, and it is not in %s%s."
                .formatted(
                        name,
                        target.name(),
                        String.join(", ", folders),
                        near.isEmpty() ? "" : ". Nearest names: " + String.join(", ", near));
    }

    /** The file at the path of a deleted one is another file, which that process does not run. */
    private void refuseReplaced(String name, Set<String> maps) {
        maps.stream()
                .filter(p -> p.endsWith(DELETED))
                .filter(p ->
                        fileName(p.substring(0, p.length() - DELETED.length())).equals(name))
                .findFirst()
                .ifPresent(path -> {
                    throw new ProbeException(
                            "'%s' in target %s was deleted or replaced while a process runs it (%s), so the file at its path is another one. Restart the container, or give the absolute path of the file that is meant."
                                    .formatted(name, target.name(), path));
                });
    }

    /** Executables and libraries that the container's processes have mapped, as paths inside it. */
    private Set<String> maps() {
        return processes().stream()
                .flatMap(pid -> text("/proc/%s/maps".formatted(pid)).lines())
                .filter(line -> line.indexOf('/') > 0)
                .map(line -> line.substring(line.indexOf('/')))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private List<String> processes() {
        String first = String.valueOf(target.pid());
        String group = text("/proc/%s/cgroup".formatted(first));
        return files.list("/proc").stream()
                .filter(name -> name.chars().allMatch(Character::isDigit))
                .filter(pid -> pid.equals(first) || sameGroup(text("/proc/%s/cgroup".formatted(pid)), group))
                .toList();
    }

    private boolean sameGroup(String group, String of) {
        return !group.isEmpty() && (group.equals(of) || group.contains(target.containerId()));
    }

    private List<String> folders() {
        String path = Arrays.stream(
                        text("/proc/%d/environ".formatted(target.pid())).split("\0"))
                .filter(v -> v.startsWith("PATH="))
                .map(v -> v.substring("PATH=".length()))
                .findFirst()
                .orElse(DEFAULT_PATH);
        List<String> folders = new ArrayList<>(
                Arrays.stream(path.split(":")).filter(f -> f.startsWith("/")).toList());
        for (String folder : LIBRARY_FOLDERS) {
            folders.add(folder);
            folders.addAll(multiarch(folder));
        }
        return folders.stream().distinct().toList();
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

    private static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
