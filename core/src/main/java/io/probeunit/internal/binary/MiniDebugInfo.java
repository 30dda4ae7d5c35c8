package io.probeunit.internal.binary;

import io.probeunit.internal.host.FileContent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.tukaani.xz.XZInputStream;

/**
 * The names of functions that a stripped file keeps, compressed, in {@code .gnu_debugdata}: GDB manual, "Mini Debug
 * Information".
 */
final class MiniDebugInfo {

    static final String SECTION = ".gnu_debugdata";

    /** Of the largest program that has some (a browser, 3 MB), many times over. */
    private static final int MOST_BYTES = 64 << 20;

    private static final int MOST_MEMORY_KIB = 96 << 10;

    private MiniDebugInfo() {}

    /** The symbols; empty if there are none, or they cannot be read, of which there is a warning then. */
    static Optional<SymbolTables> read(FileContent content, Sections sections, String path, List<String> warnings) {
        Optional<Sections.Header> section = sections.named(SECTION).filter(Sections.Header::inFile);
        if (section.isEmpty()) {
            return Optional.empty();
        }
        byte[] compressed = new byte[(int) section.get().size()];
        content.get((int) section.get().offset(), compressed);
        try {
            FileContent file = decompressed(compressed);
            return Optional.of(SymbolTables.read(Sections.read(file, path), file, path, warnings))
                    .filter(SymbolTables::complete);
        } catch (IOException | RuntimeException damaged) {
            warnings.add("The mini debug information of %s (section %s) cannot be read: %s. Its functions are left out."
                    .formatted(path, SECTION, damaged));
            return Optional.empty();
        }
    }

    private static FileContent decompressed(byte[] compressed) throws IOException {
        try (InputStream in = new XZInputStream(new ByteArrayInputStream(compressed), MOST_MEMORY_KIB)) {
            byte[] bytes = in.readNBytes(MOST_BYTES);
            if (in.read() >= 0) {
                throw new IOException("it has more than %d MB".formatted(MOST_BYTES >> 20));
            }
            FileContent file = FileContent.of(ByteBuffer.wrap(bytes));
            FileKind.check(file, "what is compressed there");
            return file;
        }
    }
}
