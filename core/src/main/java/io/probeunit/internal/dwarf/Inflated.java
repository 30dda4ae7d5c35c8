package io.probeunit.internal.dwarf;

import io.probeunit.internal.host.FileContent;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The content of a compressed section; gABI, chapter 4, "Section Compression". */
final class Inflated {

    /** A section is held in memory as a whole. */
    static final int MOST_BYTES = 192 << 20;

    private static final int HEADER = 24;
    private static final int ZLIB = 1;
    private static final int ZSTD = 2;
    private static final int CHUNK = 1 << 16;

    private Inflated() {}

    static FileContent of(DebugSection section, String path) {
        if (section.size() < HEADER) {
            throw DwarfException.damaged(path, section.name(), "truncated header");
        }
        int type = section.file().getInt(section.offset());
        long size = section.file().getLong(section.offset() + 8);
        if (type != ZLIB) {
            throw new DwarfException(
                    "Section %s of %s is compressed with %s (PU1602), and only zlib is read. Decompress it with 'objcopy --decompress-debug-sections', or build with -gz=zlib."
                            .formatted(section.name(), path, type == ZSTD ? "zstd" : "method " + type));
        }
        if (size < 0 || size > MOST_BYTES) {
            throw new DwarfException(
                    "Section %s of %s has %s bytes when it is decompressed (PU1603), more than the limit of %d MB. Decompress it with 'objcopy --decompress-debug-sections'; then only parts of it are read."
                            .formatted(section.name(), path, Long.toUnsignedString(size), MOST_BYTES >> 20));
        }
        return FileContent.of(ByteBuffer.wrap(inflated(section, path, (int) size)));
    }

    /** Grows as data comes: a damaged header may promise more than there is. */
    private static byte[] inflated(DebugSection section, String path, int size) {
        Inflater inflater = new Inflater();
        try {
            byte[] out = new byte[Math.min(size, CHUNK)];
            int in = HEADER;
            int done = 0;
            while (done < size) {
                if (inflater.needsInput()) {
                    byte[] some = new byte[Math.min(CHUNK, section.size() - in)];
                    if (some.length == 0) {
                        throw DwarfException.damaged(path, section.name(), "truncated zlib data");
                    }
                    section.file().get(section.offset() + in, some);
                    inflater.setInput(some);
                    in += some.length;
                }
                if (done == out.length) {
                    out = Arrays.copyOf(out, (int) Math.min(size, 2L * out.length));
                }
                int more = inflater.inflate(out, done, out.length - done);
                if (more == 0 && (inflater.finished() || inflater.needsDictionary())) {
                    throw DwarfException.damaged(path, section.name(), "short zlib data");
                }
                done += more;
            }
            return out;
        } catch (DataFormatException e) {
            throw DwarfException.damaged(path, section.name(), "no zlib data");
        } finally {
            inflater.end();
        }
    }
}
