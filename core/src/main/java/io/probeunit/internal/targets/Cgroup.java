package io.probeunit.internal.targets;

/**
 * A control group of the unified hierarchy (cgroup v2).
 *
 * @param path within the hierarchy as the host sees it, such as {@code /docker/ID}
 * @param id what {@code bpf_get_current_cgroup_id} returns for its tasks: the inode number of its folder
 * @param levels how deep it may lie
 */
public record Cgroup(String path, long id, CgroupLevels levels) {}
