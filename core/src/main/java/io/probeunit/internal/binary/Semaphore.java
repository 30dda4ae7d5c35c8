package io.probeunit.internal.binary;

/**
 * The 16-bit counter of a guarded mark: the program evaluates the mark's arguments only while it is not 0.
 *
 * @param address in the numbering of the symbol table (corrected for prelink)
 * @param fileOffset where it is in the file, in bytes; what a uprobe takes as reference counter
 * @param mappedBefore whether an earlier segment maps its page of the file for writing too, as lld and mold lay out the border
 *     of RELRO: in a process that starts while the semaphore is held, the kernel raises the copy in that segment
 */
public record Semaphore(long address, long fileOffset, boolean mappedBefore) {

    /** One whose page is mapped once. */
    public Semaphore(long address, long fileOffset) {
        this(address, fileOffset, false);
    }
}
