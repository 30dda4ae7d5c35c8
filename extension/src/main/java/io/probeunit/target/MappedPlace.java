package io.probeunit.target;

/**
 * Where a place of a file is in the memory of a process, to be executed.
 *
 * @param pid the process, in the host's PID namespace
 * @param address in its memory
 */
public record MappedPlace(long pid, long address) {}
