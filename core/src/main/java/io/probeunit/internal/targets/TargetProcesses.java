package io.probeunit.internal.targets;

import io.probeunit.internal.host.FileIdentity;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.HostFiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The processes of a container as {@code /proc} shows them now, and what they run. */
final class TargetProcesses {

    /** What the kernel appends to the path of a file that is no longer there. */
    static final String DELETED = " (deleted)";

    private final HostFiles files;
    private final Target target;

    TargetProcesses(HostFiles files, Target target) {
        this.files = files;
        this.target = target;
    }

    /** Executables and libraries, each once for a process; those of the first process first. */
    List<MappedFile> mapped() {
        return ids().flatMap(this::mapped).toList();
    }

    /** Of some mapped files those that are no longer at their paths; each once, however many processes run it. */
    List<MappedFile> gone(List<MappedFile> mapped) {
        Map<FileIdentity, MappedFile> gone = new LinkedHashMap<>();
        mapped.stream()
                .filter(MappedFile::deleted)
                .forEach(m -> files.identity(m.hostPath()).ifPresent(identity -> gone.putIfAbsent(identity, m)));
        return List.copyOf(gone.values());
    }

    /** The paths of what the processes execute, without doubles; what was deleted is left out. */
    Set<String> executables() {
        Set<String> paths = new LinkedHashSet<>();
        ids().forEach(pid -> files.link("/proc/%s/exe".formatted(pid))
                .filter(path -> !path.endsWith(DELETED))
                .ifPresent(paths::add));
        return paths;
    }

    /** The paths of all files that are mapped to be executed, without doubles; what was deleted is left out. */
    Set<String> executed() {
        Set<String> paths = new LinkedHashSet<>();
        ids().flatMap(this::maps)
                .map(line -> line.split(" +", 6))
                .filter(fields -> fields.length == 6 && fields[1].charAt(2) == 'x' && fields[5].startsWith("/"))
                .map(fields -> fields[5])
                .filter(path -> !path.endsWith(DELETED))
                .forEach(paths::add);
        return paths;
    }

    /**
     * Where each process has mapped for execution the first of some places that it has mapped at all: it may have moved others
     * away. Of overlayfs, a file and the copy that was made of it look alike.
     */
    List<MappedPlace> executable(TargetFile file, List<Long> offsets) {
        return ids().flatMap(pid -> {
                    List<String> lines =
                            maps(pid).filter(line -> line.contains(file.path())).toList();
                    return offsets.stream()
                            .flatMap(offset -> lines.stream().flatMap(line -> place(pid, line, file, offset)))
                            .limit(1);
                })
                .toList();
    }

    /** A line has the addresses, the rights, the offset, the device, the inode and the path. */
    private static Stream<MappedPlace> place(String pid, String line, TargetFile file, long offset) {
        String[] fields = line.split(" +", 6);
        int dash = fields[0].indexOf('-');
        long start = Long.parseUnsignedLong(fields[0].substring(0, dash), 16);
        long length = Long.parseUnsignedLong(fields[0].substring(dash + 1), 16) - start;
        long into = offset - Long.parseLong(fields[2], 16);
        // not every file system has the same number here and in stat(2), so that of a file at its path is not compared
        boolean isFile = file.reach() != Reach.PROCESS && fields[5].equals(file.path())
                || fields[5].equals(file.path() + DELETED)
                        && Long.parseLong(fields[4]) == file.identity().inode();
        return isFile && fields[1].charAt(2) == 'x' && into >= 0 && into < length
                ? Stream.of(new MappedPlace(Long.parseLong(pid), start + into, offset))
                : Stream.empty();
    }

    private Stream<String> maps(String pid) {
        return files.textIfThere("/proc/%s/maps".formatted(pid)).orElse("").lines();
    }

    private Stream<MappedFile> mapped(String pid) {
        Set<String> seen = new LinkedHashSet<>();
        List<MappedFile> mapped = new ArrayList<>();
        maps(pid).forEach(line -> {
            int slash = line.indexOf('/');
            if (slash > 0 && seen.add(line.substring(slash))) {
                String path = line.substring(slash);
                boolean deleted = path.endsWith(DELETED);
                mapped.add(new MappedFile(
                        deleted ? path.substring(0, path.length() - DELETED.length()) : path,
                        deleted,
                        "/proc/%s/map_files/%s".formatted(pid, range(line))));
            }
        });
        return mapped.stream();
    }

    /** The names of these links have no zeros in front, as the numbers of the table do. */
    private static String range(String line) {
        return line.substring(0, line.indexOf(' ')).replaceAll("\\b0+(?=\\p{XDigit})", "");
    }

    /**
     * Those of the container, the first process first; some may have ended by now. A machine has hundreds of others, which
     * are asked for together.
     */
    Stream<String> ids() {
        if (target.notStarted().isPresent()) {
            return Stream.of();
        }
        String first = String.valueOf(target.pid());
        List<String> others = files.list("/proc").stream()
                .filter(name -> name.chars().allMatch(Character::isDigit))
                .filter(pid -> !pid.equals(first))
                .toList();
        Map<String, String> groups = files.texts(Stream.concat(Stream.of(first), others.stream())
                .map(TargetProcesses::cgroup)
                .toList());
        String group = groups.getOrDefault(cgroup(first), "");
        return Stream.concat(
                Stream.of(first),
                others.stream().filter(pid -> sameGroup(groups.getOrDefault(cgroup(pid), ""), group)));
    }

    private static String cgroup(String pid) {
        return "/proc/%s/cgroup".formatted(pid);
    }

    /** Our own tools are none of the container's. */
    private boolean sameGroup(String group, String of) {
        return !group.isEmpty()
                && (group.equals(of) || group.contains(target.containerId()))
                && !group.contains("/" + Host.TOOLS_GROUP);
    }
}
