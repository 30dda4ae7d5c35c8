package io.probeunit.target;

/**
 * A control group of the unified hierarchy (cgroup v2).
 *
 * @param path within the hierarchy, such as {@code /docker/ID}
 * @param id what {@code bpf_get_current_cgroup_id} returns for its tasks: the inode number of its folder
 * @param level how deep it lies: 0 for the root, 2 for {@code /docker/ID}; as for
 *     {@code bpf_get_current_ancestor_cgroup_id}
 */
public record Cgroup(String path, long id, int level) {}
