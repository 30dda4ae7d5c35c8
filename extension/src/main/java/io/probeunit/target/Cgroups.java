package io.probeunit.target;

import io.probeunit.ProbeException;
import io.probeunit.host.FileIdentity;
import io.probeunit.host.HostFiles;
import java.util.stream.Collectors;

/** Finds the unified hierarchy (cgroup v2) and the groups in it; cgroups(7). */
final class Cgroups {

    private static final String UNIFIED = "0::";
    private static final long ROOT_INODE = 1;
    private static final String NAMESPACE = "A JVM in a container needs the host's cgroup namespace: --cgroupns=host.";

    private final HostFiles files;

    Cgroups(HostFiles files) {
        this.files = files;
    }

    /**
     * The group of a container, from the text of its first process's {@code /proc/PID/cgroup}. That process may have moved
     * itself into a group below (an init system does), where the container's other processes are not.
     */
    Cgroup find(String target, String containerId, String cgroupText) {
        String path = ofContainer(target, containerId, ownOf(target, cgroupText));
        String mount = mount(target);
        String folder = mount + path;
        FileIdentity identity = files.identity(folder)
                .orElseThrow(() ->
                        new ProbeException("The cgroup of target %s is %s, but there is no folder %s on this host. %s"
                                .formatted(target, path, folder, NAMESPACE)));
        refuseSubtree(target, mount);
        return new Cgroup(
                path, identity.inode(), (int) path.chars().filter(c -> c == '/').count());
    }

    private static String ownOf(String target, String cgroupText) {
        return cgroupText
                .lines()
                .filter(line -> line.startsWith(UNIFIED))
                .map(line -> line.substring(UNIFIED.length()))
                .findFirst()
                .orElseThrow(() -> new ProbeException(
                        "Target %s has no cgroup v2: its kernel has cgroup v1 alone (%s), where tasks of one container cannot be told from others in the kernel. Boot with systemd.unified_cgroup_hierarchy=1, or mount cgroup2."
                                .formatted(target, summary(cgroupText))));
    }

    private static String ofContainer(String target, String containerId, String own) {
        int id = own.indexOf(containerId);
        if (id < 0) {
            throw new ProbeException(
                    "Target %s has no cgroup v2 of its own: it is in %s, which it shares with other processes of the machine, so its tasks cannot be told from theirs. Its container runtime manages cgroup v1 alone; boot with systemd.unified_cgroup_hierarchy=1, or use one (runc 1.0 or later) that makes groups in both."
                            .formatted(target, own));
        }
        int end = own.indexOf('/', id);
        return end < 0 ? own : own.substring(0, end);
    }

    /** How deep a group lies is counted from the root of the whole hierarchy, which has this number on every kernel. */
    private void refuseSubtree(String target, String mount) {
        if (files.identity(mount).filter(root -> root.inode() == ROOT_INODE).isEmpty()) {
            throw new ProbeException(
                    "Target %s: %s shows only a part of the cgroup v2 hierarchy, so it cannot be told how deep the container's group lies. %s"
                            .formatted(target, mount, NAMESPACE));
        }
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
