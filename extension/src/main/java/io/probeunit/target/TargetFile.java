package io.probeunit.target;

import io.probeunit.host.FileIdentity;

/**
 * A file inside a container, and where the host sees it.
 *
 * @param path absolute, inside the container, links resolved
 * @param hostPath absolute, on the host, through a mount that the host itself has; the same inode
 * @param identity device and inode
 */
public record TargetFile(String path, String hostPath, FileIdentity identity) {}
