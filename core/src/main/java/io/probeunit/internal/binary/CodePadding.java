package io.probeunit.internal.binary;

import io.probeunit.internal.host.FileContent;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.fornwall.jelf.ElfFile;
import net.fornwall.jelf.ElfSegment;

/**
 * Bytes of a file that every process maps as executable but never executes: from the end of an executable segment to
 * the end of its last page.
 *
 * <p>A uprobe there never fires, so it can be used only to hold the counter of a semaphore.
 */
public final class CodePadding {

    /** The smallest page of any Linux machine; a larger one only has more padding. */
    private static final int PAGE = 4096;

    private CodePadding() {}

    /**
     * Finds unused places, the last one first, because it is the least likely to have another use.
     *
     * @param content the whole file
     * @param path for messages
     * @return offsets in the file, in bytes, at each of which there can be one uprobe; possibly none
     * @throws BinaryException if it is no ELF file
     */
    public static List<Integer> offsets(FileContent content, String path) {
        FileKind.check(content, path);
        ElfFile elf = ElfFile.from(new ContentAsBackingFile(content));
        List<ElfSegment> loaded = Segments.read(elf, content.limit(), path).loaded();
        Instruction instruction =
                FileKind.architecture(elf.e_machine) == Architecture.AARCH64 ? Instruction.ARM : Instruction.X86;
        return loaded.stream()
                .filter(ElfSegment::isExecutable)
                .flatMap(segment -> zeros(content, end(segment), instruction))
                .filter(at -> loaded.stream().noneMatch(segment -> overlap(segment, at, instruction)))
                .distinct()
                .toList();
    }

    /**
     * Finds places between functions, for files whose end of code has too little room. Reads the symbols of the file,
     * which takes longer.
     *
     * @param content the whole file
     * @param path for messages
     * @return offsets in the file, in bytes, at each of which there can be a uprobe of its own; none in a stripped file
     * @throws BinaryException if it is no ELF file
     */
    public static List<Integer> betweenFunctions(FileContent content, String path) {
        BinaryFile file = BinaryReader.read(content, path);
        return InstructionSet.of(file.architecture())
                .map(set -> new FunctionGaps(content, file.functions(), set).offsets())
                .orElse(List.of());
    }

    /**
     * The instruction that consists of zeros; the kernel refuses a uprobe on what is none.
     *
     * @param step what its place must be a multiple of, and what a breakpoint takes
     * @param bytes what it takes
     */
    private record Instruction(int step, int bytes) {
        static final Instruction X86 = new Instruction(1, 2);
        static final Instruction ARM = new Instruction(4, 4);
    }

    private static int end(ElfSegment segment) {
        return (int) (segment.p_offset + segment.p_filesz);
    }

    private static Stream<Integer> zeros(FileContent content, int end, Instruction instruction) {
        int pageEnd = Math.min((end + PAGE - 1) / PAGE * PAGE, content.limit());
        return IntStream.range(end, pageEnd)
                .map(i -> end + pageEnd - 1 - i)
                .filter(at -> at % instruction.step() == 0 && at + instruction.bytes() <= content.limit())
                .filter(at -> IntStream.range(at, at + instruction.bytes()).allMatch(i -> content.get(i) == 0))
                .boxed();
    }

    /**
     * What belongs to a segment is no padding: a linker that puts no gaps between segments has them share a page of the
     * file, and the kernel would write the breakpoint into data that is mapped read-only as well.
     */
    private static boolean overlap(ElfSegment segment, int at, Instruction instruction) {
        return at + instruction.step() > segment.p_offset
                && at < segment.p_offset + Math.max(segment.p_filesz, segment.p_memsz);
    }
}
