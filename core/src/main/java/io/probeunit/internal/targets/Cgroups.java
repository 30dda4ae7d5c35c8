package io.probeunit.internal.targets;

import io.probeunit.ProbeException;
import io.probeunit.internal.host.FileIdentity;
import io.probeunit.internal.host.HostFiles;
import java.util.stream.Collectors;

/** Finds the unified hierarchy (cgroup v2) and the groups in it; cgroups(7). */
final class Cgroups {

    private static final String UNIFIED = "0::";
    private static final long ROOT_INODE = 1;
    private static final String OUTSIDE = "/..";
    private static final String ELSEWHERE =
            "Set the host to SIDECAR (@ProbeSettings or probeunit.host), or run the tests in the cgroup namespace of the Docker daemon (for a job in a container: --cgroupns=host).";

    private final HostFiles files;

    Cgroups(HostFiles files) {
        this.files = files;
    }

    /**
     * The group of a container, from the text of its first process's {@code /proc/PID/cgroup}. That process may have moved
     * itself into a group below (an init system does), where the container's other processes are not.
     */
    Cgroup find(String target, String containerId, String cgroupText) {
        String own = ownOf(target, cgroupText);
        refuseOutside(target, own);
        String path = ofContainer(target, containerId, own);
        String mount = mount(target);
        String folder = mount + path;
        FileIdentity identity = files.identity(folder)
                .orElseThrow(() -> new ContainerOutOfReachException(
                        "The cgroup of target %s is %s, but there is no folder %s on this host (PU0425). %s"
                                .formatted(target, path, folder, ELSEWHERE)));
        int level = (int) path.chars().filter(c -> c == '/').count();
        return new Cgroup(
                path, identity.inode(), isWhole(mount) ? CgroupLevels.exactly(level) : CgroupLevels.below(level));
    }

    /** The kernel writes paths from the root of the reader's cgroup namespace, upwards where it must; cgroup_namespaces(7). */
    private static void refuseOutside(String target, String own) {
        if (own.equals(OUTSIDE) || own.startsWith(OUTSIDE + "/")) {
            throw new ContainerOutOfReachException(
                    "The cgroup of target %s is %s: it lies outside of this host's cgroup namespace, where its tasks cannot be distinguished from others (PU0426). %s"
                            .formatted(target, own, ELSEWHERE));
        }
    }

    /**
     * The group of a container, as it is seen from inside it: where it has a cgroup namespace of its own, this begins with its
     * group, whose name is not told there.
     */
    Cgroup findInside(String target, String containerId, String cgroupText) {
        String mount = mount(target);
        if (cgroupText.contains(containerId) || isWhole(mount)) {
            return find(target, containerId, cgroupText);
        }
        ownOf(target, cgroupText);
        long id = files.identity(mount)
                .map(FileIdentity::inode)
                .orElseThrow(() -> new ProbeException(
                        "The cgroup of target %s is not known (PU0429): there is no folder %s in its container."
                                .formatted(target, mount)));
        return new Cgroup("/", id, CgroupLevels.below(0));
    }

    /** Where the host sees the group of a target. */
    String folder(Target target) {
        return mount(target.name()) + target.cgroup().path();
    }

    private static String ownOf(String target, String cgroupText) {
        return cgroupText
                .lines()
                .filter(line -> line.startsWith(UNIFIED))
                .map(line -> line.substring(UNIFIED.length()))
                .findFirst()
                .orElseThrow(() -> new ProbeException(
                        "Target %s has no cgroup v2: its kernel has only cgroup v1 (%s), where the kernel cannot distinguish the tasks of one container from others (PU0427). Boot with systemd.unified_cgroup_hierarchy=1, or mount cgroup2."
                                .formatted(target, summary(cgroupText))));
    }

    private static String ofContainer(String target, String containerId, String own) {
        int id = own.indexOf(containerId);
        if (id < 0) {
            throw new ProbeException(
                    "Target %s has no cgroup v2 of its own (PU0428): it is in %s, which it shares with other processes of the machine, so its tasks cannot be distinguished from theirs. Its container runtime manages only cgroup v1; boot with systemd.unified_cgroup_hierarchy=1, or use a runtime (runc 1.0 or later) that makes groups in both."
                            .formatted(target, own));
        }
        int end = own.indexOf('/', id);
        return end < 0 ? own : own.substring(0, end);
    }

    /** The root of the whole hierarchy has this number on every kernel; that of a cgroup namespace is any group. */
    private boolean isWhole(String mount) {
        return files.identity(mount).filter(root -> root.inode() == ROOT_INODE).isPresent();
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
                .orElseThrow(() -> new ContainerOutOfReachException(
                        "Target %s: no cgroup v2 hierarchy is mounted on this host (looked for type cgroup2 in /proc/self/mountinfo) (PU0430). Mount it: mount -t cgroup2 none /sys/fs/cgroup/unified"
                                .formatted(target)));
    }
}
