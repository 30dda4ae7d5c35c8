package io.probeunit.binary;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
    static Optional<SymbolTables> read(ByteBuffer content, Sections sections, String path, List<String> warnings) {
        Optional<Sections.Header> section = sections.named(SECTION).filter(Sections.Header::inFile);
        if (section.isEmpty()) {
            return Optional.empty();
        }
        try {
            ByteBuffer file = decompressed(content, section.get());
            return Optional.of(SymbolTables.read(Sections.read(file, path), file, path, warnings))
                    .filter(SymbolTables::complete);
        } catch (IOException | RuntimeException damaged) {
            warnings.add("The mini debug information of %s (section %s) cannot be read: %s. Its functions are left out."
                    .formatted(path, SECTION, damaged));
            return Optional.empty();
        }
    }

    private static ByteBuffer decompressed(ByteBuffer content, Sections.Header section) throws IOException {
        byte[] compressed = new byte[(int) section.size()];
        content.get((int) section.offset(), compressed);
        try (InputStream in = new XZInputStream(new ByteArrayInputStream(compressed), MOST_MEMORY_KIB)) {
            byte[] bytes = in.readNBytes(MOST_BYTES);
            if (in.read() >= 0) {
                throw new IOException("it has more than %d MB".formatted(MOST_BYTES >> 20));
            }
            ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            FileKind.check(file, "what is compressed there");
            return file;
        }
    }
}
