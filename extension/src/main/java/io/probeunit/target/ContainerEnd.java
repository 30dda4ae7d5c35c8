package io.probeunit.target;

/**
 * How a container ended.
 *
 * @param story in words that follow its name
 * @param status of its first process, a signal as shells tell it; 0 where the daemon knows none any more
 */
public record ContainerEnd(String story, long status) {}
