package io.probeunit.host;

/**
 * What makes two paths the same file.
 *
 * @param device number of the file system
 * @param inode number within it
 */
public record FileIdentity(long device, long inode) {}
