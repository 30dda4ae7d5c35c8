package io.probeunit.internal.targets;

import io.probeunit.internal.host.FileIdentity;
import java.util.Optional;

/**
 * A file inside a container, and where the host sees it.
 *
 * @param path absolute, inside the container, links resolved
 * @param hostPath absolute, on the host; the same inode
 * @param identity which file it is, in which state
 * @param reach how {@code hostPath} gets there; unless by a mount, it goes through a link of {@code /proc}, which only the
 *     kernel can follow
 */
public record TargetFile(String path, String hostPath, FileIdentity identity, Reach reach) {

    /**
     * A file that a mount of the host shows.
     *
     * @param path absolute, inside the container, links resolved
     * @param hostPath absolute, on the host
     * @param identity which file it is, in which state
     */
    public TargetFile(String path, String hostPath, FileIdentity identity) {
        this(path, hostPath, identity, Reach.MOUNT);
    }

    /**
     * What a person should know of this file.
     *
     * @return a sentence; empty for most files
     */
    public Optional<String> note() {
        return reach == Reach.PROCESS
                ? Optional.of("%s was deleted or replaced while a process runs it: the file that runs is probed"
                        .formatted(path))
                : Optional.empty();
    }
}
