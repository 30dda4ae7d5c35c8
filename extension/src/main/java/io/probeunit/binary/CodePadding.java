package io.probeunit.binary;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.fornwall.jelf.ElfFile;
import net.fornwall.jelf.ElfSegment;

/**
 * Bytes of a file that every process maps as executable and none executes: what follows an executable segment up to the
 * end of its last page.
 *
 * <p>A uprobe there never fires, so it can carry what a uprobe carries beside its place: the counter of a semaphore.
 */
public final class CodePadding {

    /** The smallest page of any Linux machine; a larger one only has more padding. */
    private static final int PAGE = 4096;

    private CodePadding() {}

    /**
     * Finds places, the last first, since those are the least likely to be anything.
     *
     * @param content the whole file
     * @param path for messages
     * @return offsets in the file, in bytes; possibly none
     * @throws BinaryException if it is no ELF file
     */
    public static List<Integer> offsets(ByteBuffer content, String path) {
        return Segments.read(ElfFile.from(new BufferAsBackingFile(content.duplicate())), content.limit(), path)
                .loaded()
                .stream()
                .filter(ElfSegment::isExecutable)
                .flatMap(segment -> zeros(content, (int) (segment.p_offset + segment.p_filesz)))
                .toList();
    }

    private static Stream<Integer> zeros(ByteBuffer content, int end) {
        int pageEnd = Math.min((end + PAGE - 1) / PAGE * PAGE, content.limit());
        return IntStream.range(end, pageEnd)
                .map(i -> end + pageEnd - 1 - i)
                .filter(at -> isZero(content, at))
                .boxed();
    }

    /** A zero and the one behind it are an instruction; the kernel refuses a uprobe on what is none. */
    private static boolean isZero(ByteBuffer content, int at) {
        return content.get(at) == 0 && at + 1 < content.limit() && content.get(at + 1) == 0;
    }
}
