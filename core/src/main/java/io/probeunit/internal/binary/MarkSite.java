package io.probeunit.internal.binary;

import java.util.List;
import java.util.Optional;

/**
 * One place where a mark stands. Immutable and thread-safe.
 *
 * @param address in the numbering of the symbol table (a note's own address, corrected for prelink)
 * @param fileOffset where the instruction is in the file, in bytes; what a uprobe is placed at
 * @param semaphore what must be raised for the mark to fire, if the note names one
 * @param operands where the arguments are when this site fires, {@code arg1} first; sites of one mark may differ
 */
public record MarkSite(long address, long fileOffset, Optional<Semaphore> semaphore, List<Operand> operands) {

    /** Takes a copy of the list. */
    public MarkSite {
        operands = List.copyOf(operands);
    }
}
