package io.probeunit.internal.targets;

/**
 * A file inside a container, and where the host can read it.
 *
 * @param path absolute, inside the container, links resolved
 * @param seenAt absolute, on the host, below {@code /proc/PID/root}; for reading while the container runs, no name for a
 *     probe
 */
public record ReadableFile(String path, String seenAt) {}
