package io.probeunit.binary;

/**
 * The 16-bit counter of a guarded mark: the program evaluates the mark's arguments only while it is not 0.
 *
 * @param address in the numbering of the symbol table (corrected for prelink)
 * @param fileOffset where it is in the file, in bytes; what a uprobe takes as reference counter
 */
public record Semaphore(long address, long fileOffset) {}
