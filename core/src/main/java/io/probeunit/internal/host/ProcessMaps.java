package io.probeunit.internal.host;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at the processes of a control group, and of those below it; cgroups(7), proc_pid_maps(5). */
final class ProcessMaps {

    private static final String DELETED = " (deleted)";
    private static final int EXECUTABLE = 3;
    private static final List<String> OF_THE_PROCESS = List.of("[anon", "[heap", "[stack");
    private static final String NO_GROUPS_BELOW = "nr_descendants 0";

    private final HostFiles files;
    private final WantedFiles wanted;
    private final Map<Numbered, FileIdentity> identities = new HashMap<>();

    private ProcessMaps(HostFiles files, WantedFiles wanted) {
        this.files = files;
        this.wanted = wanted;
    }

    /** Those that have mapped something that is wanted; our own tools are left out. */
    static List<RunningProcess> of(HostFiles files, String group, WantedFiles wanted) {
        List<Long> pids = new ArrayList<>();
        collect(files, group, pids);
        ProcessMaps maps = new ProcessMaps(files, wanted);
        Map<String, String> tables =
                files.texts(pids.stream().map(ProcessMaps::table).toList());
        return pids.stream()
                .flatMap(pid ->
                        Optional.ofNullable(tables.get(table(pid))).flatMap(table -> maps.process(pid, table)).stream())
                .toList();
    }

    private static void collect(HostFiles files, String group, List<Long> pids) {
        // there is none if the container has ended; a process of another PID namespace is a 0
        files.textIfThere(group + "/cgroup.procs").stream()
                .flatMap(String::lines)
                .map(Long::parseLong)
                .filter(pid -> pid > 0)
                .forEach(pids::add);
        if (files.textIfThere(group + "/cgroup.stat").orElse("").lines().noneMatch(NO_GROUPS_BELOW::equals)) {
            files.list(group).stream()
                    .filter(name -> !name.equals(Host.TOOLS_GROUP) && files.isFolder(group + "/" + name))
                    .forEach(name -> collect(files, group + "/" + name, pids));
        }
    }

    private static String table(long pid) {
        return "/proc/" + pid + "/maps";
    }

    private Optional<RunningProcess> process(long pid, String maps) {
        List<MappedPart> parts = new ArrayList<>();
        boolean otherCode = read(pid, maps, parts);
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        String exe = "/proc/" + pid + "/exe";
        Optional<FileIdentity> executes = files.identity(exe);
        String program = parts.stream()
                .filter(part -> executes.filter(part.file()::isSameFile).isPresent())
                .map(MappedPart::path)
                .findFirst()
                .orElseGet(() -> link(exe));
        return Optional.of(new RunningProcess(pid, program, executes, parts, otherCode));
    }

    /**
     * Takes lines apart only where they name what is wanted: there may be hundreds, in each window of a test. Tells whether
     * there is code that is of no file, or of one that is at no path.
     */
    private boolean read(long pid, String maps, List<MappedPart> parts) {
        boolean otherCode = false;
        for (int at = 0, end; at < maps.length(); at = end + 1) {
            end = maps.indexOf('\n', at);
            end = end < 0 ? maps.length() : end;
            int slash = maps.indexOf('/', at);
            if (slash >= 0 && slash < end) {
                read(pid, maps.substring(at, end), slash - at, parts);
            }
            otherCode |= isExecutable(maps, at) && isOther(maps, at, end, slash);
        }
        return otherCode;
    }

    /** The kernel's own parts have names in brackets, as heap, stack and what a program has named have too. */
    private static boolean isOther(String maps, int at, int end, int slash) {
        if (slash >= 0 && slash < end) {
            return maps.startsWith(DELETED, end - DELETED.length());
        }
        int bracket = maps.indexOf('[', at);
        return bracket < 0
                || bracket >= end
                || OF_THE_PROCESS.stream().anyMatch(name -> maps.startsWith(name, bracket));
    }

    private static boolean isExecutable(String maps, int line) {
        return maps.startsWith("x", maps.indexOf(' ', line) + EXECUTABLE);
    }

    private String link(String exe) {
        try {
            return files.link(exe).orElse("");
        } catch (HostException ended) {
            return "";
        }
    }

    /** {@code START-END rwxp OFFSET MAJOR:MINOR INODE   PATH}: numbers but the inode's are hexadecimal. */
    private void read(long pid, String line, int slash, List<MappedPart> parts) {
        boolean deleted = line.endsWith(DELETED);
        String path = line.substring(slash, deleted ? line.length() - DELETED.length() : line.length());
        String numbers = line.substring(0, slash).stripTrailing();
        long inode = Long.parseLong(numbers.substring(numbers.lastIndexOf(' ') + 1));
        boolean executable = isExecutable(line, 0);
        if (!wanted.include(inode, path.substring(path.lastIndexOf('/') + 1), executable)) {
            return;
        }
        String[] fields = numbers.split(" ");
        int dash = fields[0].indexOf('-');
        long start = Long.parseUnsignedLong(fields[0].substring(0, dash), 16);
        long end = Long.parseUnsignedLong(fields[0].substring(dash + 1), 16);
        int colon = fields[3].indexOf(':');
        long device = FileIdentity.device(
                Integer.parseInt(fields[3].substring(0, colon), 16),
                Integer.parseInt(fields[3].substring(colon + 1), 16));
        // the names of these links have no zeros in front
        String hostPath = "/proc/" + pid + "/map_files/" + Long.toHexString(start) + "-" + Long.toHexString(end);
        parts.add(new MappedPart(
                path,
                deleted,
                hostPath,
                identities.computeIfAbsent(new Numbered(device, inode, path), file -> identity(pid, hostPath, file)),
                fields[1].charAt(1) == 'w',
                executable,
                fields[1].charAt(3) == 's',
                Long.parseLong(fields[2], 16),
                end - start));
    }

    /** As the table of mappings tells files: not with the numbers of stat(2) on some kernels, for overlayfs and btrfs. */
    private record Numbered(long device, long inode, String path) {}

    /** The links of mapped files are for few users; proc_pid_map_files(5). */
    private FileIdentity identity(long pid, String hostPath, Numbered file) {
        return there(hostPath)
                .or(() -> there("/proc/" + pid + "/root" + file.path()))
                .orElse(new FileIdentity(file.device(), file.inode()));
    }

    private Optional<FileIdentity> there(String path) {
        try {
            return files.identity(path);
        } catch (HostException refused) {
            return Optional.empty();
        }
    }
}
