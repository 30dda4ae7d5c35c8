package io.probeunit.target;

import io.probeunit.ProbeException;
import io.probeunit.host.HostFiles;
import java.util.stream.Collectors;

/** Finds the unified hierarchy (cgroup v2) and the groups in it; cgroups(7). */
final class Cgroups {

    private static final String UNIFIED = "0::";

    private final HostFiles files;

    Cgroups(HostFiles files) {
        this.files = files;
    }

    /** The group of a container's first process, from the text of its {@code /proc/PID/cgroup}. */
    Cgroup find(String target, String cgroupText) {
        String path = cgroupText
                .lines()
                .filter(line -> line.startsWith(UNIFIED))
                .map(line -> line.substring(UNIFIED.length()))
                .findFirst()
                .orElseThrow(() -> new ProbeException(
                        "Target %s has no cgroup v2: its kernel has cgroup v1 alone (%s), where tasks of one container cannot be told from others in the kernel. Boot with systemd.unified_cgroup_hierarchy=1, or mount cgroup2."
                                .formatted(target, summary(cgroupText))));
        if (path.equals("/")) {
            throw new ProbeException(
                    "Target %s is in the root of the cgroup v2 hierarchy, which it shares with every process of the machine, so its tasks cannot be told from others. Give the container a cgroup of its own (no --cgroup-parent=/, no --cgroupns=host with a daemon that uses cgroup v1 alone)."
                            .formatted(target));
        }
        String folder = mount(target) + path;
        long id = files.identity(folder)
                .orElseThrow(() -> new ProbeException(
                        "The cgroup of target %s is %s, but there is no folder %s on this host. A JVM in a container needs the host's cgroup namespace: --cgroupns=host."
                                .formatted(target, path, folder)))
                .inode();
        return new Cgroup(path, id, (int) path.chars().filter(c -> c == '/').count());
    }

    /** The container's own lines, short enough for a message. */
    static String summary(String cgroupText) {
        return cgroupText.lines().limit(3).collect(Collectors.joining(", "));
    }

    private String mount(String target) {
        return Mounts.read(files, "/proc/self/mountinfo").stream()
                .filter(m -> m.type().equals("cgroup2") && m.root().equals("/"))
                .map(Mount::point)
                .findFirst()
                .orElseThrow(() -> new ProbeException(
                        "Target %s: no cgroup v2 hierarchy is mounted on this host (looked for type cgroup2 in /proc/self/mountinfo). Mount it: mount -t cgroup2 none /sys/fs/cgroup/unified"
                                .formatted(target)));
    }
}
