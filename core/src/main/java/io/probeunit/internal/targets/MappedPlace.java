package io.probeunit.internal.targets;

/**
 * Where a place of a file is in the memory of a process, to be executed.
 *
 * @param pid the process, in the host's PID namespace
 * @param address in its memory
 * @param offset of the place in the file, in bytes
 */
public record MappedPlace(long pid, long address, long offset) {}
