package io.probeunit.internal.targets;

import java.util.List;
import java.util.Optional;

/**
 * The files of a container that was created and has no process yet.
 *
 * @param root where the host sees the container's files, without what is going to be mounted there
 * @param searchPath the folders of {@code PATH} in the container's environment, separated by colons, if it is set
 * @param mounts where volumes, bind mounts and tmpfs are going to be, absolute, inside the container
 */
public record NotStarted(String root, Optional<String> searchPath, List<String> mounts) {

    /** Keeps a copy of the list. */
    public NotStarted {
        mounts = List.copyOf(mounts);
    }

    /** The mount that is going to hide a path. */
    Optional<String> hiding(String path) {
        return mounts.stream()
                .filter(mount -> path.equals(mount) || path.startsWith(mount.endsWith("/") ? mount : mount + "/"))
                .findFirst();
    }
}
