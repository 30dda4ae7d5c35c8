package io.probeunit.internal.targets;

/** How a host reaches a file of a container. */
public enum Reach {

    /** By a path: a mount of the host shows the file. */
    MOUNT,

    /**
     * Through the container's root alone ({@code /proc/PID/root/…}): the file lies on a file system that the host has not
     * mounted, such as a tmpfs.
     */
    ROOT,

    /**
     * Through a process that runs it ({@code /proc/PID/exe}, {@code /proc/PID/map_files/…}): the file was deleted, or
     * another one took its place.
     */
    PROCESS
}
