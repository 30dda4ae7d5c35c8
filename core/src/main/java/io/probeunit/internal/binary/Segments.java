package io.probeunit.internal.binary;

import java.util.List;
import java.util.OptionalLong;
import net.fornwall.jelf.ElfFile;
import net.fornwall.jelf.ElfSegment;

/**
 * What of the file is mapped where; uprobes are placed at file offsets, symbol tables hold addresses.
 *
 * @param loaded the PT_LOAD segments
 * @param notes the PT_NOTE segments
 */
record Segments(List<ElfSegment> loaded, List<ElfSegment> notes) {

    private static final int ENTRY = 56;
    private static final long SMALLEST_PAGE = 4096;

    static Segments read(ElfFile elf, int fileSize, String path) {
        if (elf.e_phnum == 0) {
            throw new BinaryException(
                    "%s has no program headers, so no process can map it (PU0611). Name the program or library itself."
                            .formatted(path));
        }
        if (elf.e_phentsize != ENTRY) {
            throw new BinaryException(
                    "%s is a damaged ELF file (PU0601): a program header has %d bytes instead of %d. Copy or build it again."
                            .formatted(path, elf.e_phentsize, ENTRY));
        }
        List<ElfSegment> loaded = elf.segmentsOfType(ElfSegment.PT_LOAD);
        for (ElfSegment segment : loaded) {
            long end = segment.p_offset + segment.p_filesz;
            if (segment.p_offset < 0 || segment.p_filesz < 0 || end < 0 || end > fileSize) {
                throw new BinaryException(
                        "%s is truncated: a process would map it up to byte %s, and it has %d bytes. Copy it again."
                                .formatted(path, Long.toUnsignedString(end), fileSize));
            }
        }
        return new Segments(loaded, elf.segmentsOfType(ElfSegment.PT_NOTE));
    }

    /** Where an instruction is in the file; empty if no executable segment holds it. */
    OptionalLong codeOffset(long address) {
        return offset(address, true);
    }

    /** Where a byte is in the file; empty if no segment holds it, or it is memory that begins as zeros. */
    OptionalLong offset(long address) {
        return offset(address, false);
    }

    /** Whether the page of the file that holds an address is mapped for writing by a segment before its own. */
    boolean isMappedBefore(long address) {
        OptionalLong offset = offset(address);
        for (ElfSegment segment : loaded) {
            if (offset.isEmpty() || Long.compareUnsigned(address - segment.p_vaddr, segment.p_filesz) < 0) {
                return false;
            }
            long page = Math.max(SMALLEST_PAGE, segment.p_align);
            long end = segment.p_offset + segment.p_filesz;
            boolean shared = segment.p_offset / page <= offset.getAsLong() / page
                    && (end + page - 1) / page > offset.getAsLong() / page;
            if (segment.isWriteable() && segment.p_filesz > 0 && shared) {
                return true;
            }
        }
        return false;
    }

    private OptionalLong offset(long address, boolean code) {
        for (ElfSegment segment : loaded) {
            long inSegment = address - segment.p_vaddr;
            if (Long.compareUnsigned(inSegment, segment.p_filesz) < 0 && (!code || segment.isExecutable())) {
                return OptionalLong.of(segment.p_offset + inSegment);
            }
        }
        return OptionalLong.empty();
    }
}
