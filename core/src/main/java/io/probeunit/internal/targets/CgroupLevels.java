package io.probeunit.internal.targets;

import java.util.stream.IntStream;

/**
 * How deep a control group lies: 0 for the root of the whole hierarchy, 2 for {@code /docker/ID}; as for
 * {@code bpf_get_current_ancestor_cgroup_id}.
 *
 * <p>A host in a cgroup namespace of its own, as a Docker daemon inside a container has one, sees the lower part of the
 * hierarchy alone; cgroup_namespaces(7). How much lies above it the kernel does not tell there, so the level is one of
 * several. Which of them makes no difference to what is counted: the id of a group is that of no other one at any level.
 *
 * @param smallest the least deep that the group may lie
 * @param largest the deepest
 */
public record CgroupLevels(int smallest, int largest) {

    /**
     * How much may lie above a namespace. Seven for a job of Kubernetes whose nodes are containers (kind), two more for each
     * Docker daemon in a container, four more in the session of a user of systemd.
     */
    static final int MOST_ABOVE = 12;

    /** Refuses what is no range. */
    public CgroupLevels {
        if (smallest < 0 || largest < smallest) {
            throw new IllegalArgumentException("no levels: %d to %d".formatted(smallest, largest));
        }
    }

    /**
     * The level of a group in a hierarchy that is seen as a whole.
     *
     * @param level 0 for the root
     * @return that level alone
     */
    public static CgroupLevels exactly(int level) {
        return new CgroupLevels(level, level);
    }

    /**
     * The levels of a group in a hierarchy of which the upper part is hidden.
     *
     * @param level 0 for the topmost group that is seen, which is not the root
     * @return all that it can lie at
     */
    static CgroupLevels below(int level) {
        return new CgroupLevels(level + 1, level + MOST_ABOVE);
    }

    /**
     * Tells whether there is but one.
     *
     * @return whether the level is known
     */
    public boolean isKnown() {
        return smallest == largest;
    }

    /**
     * All of them.
     *
     * @return in ascending order
     */
    public IntStream all() {
        return IntStream.rangeClosed(smallest, largest);
    }
}
