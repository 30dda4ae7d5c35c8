package io.probeunit.internal.binary;

import io.probeunit.internal.host.FileContent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import net.fornwall.jelf.ElfFile;
import net.fornwall.jelf.ElfSegment;

/**
 * Finds what was split from a program in its debug file: by its build-id, and by the name and the checksum in
 * {@code .gnu_debuglink}, in the places where GDB looks (GDB manual, "Separate Debug Files").
 */
final class SplitFiles {

    private static final String FOLDER = "/usr/lib/debug";
    private static final int CHECKSUM = 4;
    private static final int CHUNK = 1 << 20;

    private final DebugFiles files;
    private final String path;
    private final List<String> warnings;

    SplitFiles(DebugFiles files, String path, List<String> warnings) {
        this.files = files;
        this.path = path;
        this.warnings = warnings;
    }

    /**
     * A file that belongs to the program.
     *
     * @param path as in the container
     * @param content of the file
     * @param sections of the file
     */
    record Found(String path, FileContent content, Sections sections) {}

    /** Reads something of the first file that belongs to the program and has it; empty if there is none. */
    <T> Optional<T> find(String buildId, FileContent content, Sections sections, Function<Found, Optional<T>> what) {
        if (buildId.length() > 2) {
            String file = "%s/.build-id/%s/%s.debug".formatted(FOLDER, buildId.substring(0, 2), buildId.substring(2));
            Optional<T> found =
                    read(file, debug -> buildIdOf(debug, file).equals(buildId), "it has another build-id", what);
            if (found.isPresent()) {
                return found;
            }
        }
        return sections.named(".gnu_debuglink")
                .filter(link -> link.inFile() && link.size() > CHECKSUM)
                .flatMap(link -> byLink(content, link, what));
    }

    private <T> Optional<T> byLink(FileContent content, Sections.Header link, Function<Found, Optional<T>> what) {
        Optional<String> name =
                new Strings(content, link).at(0).filter(text -> !text.isEmpty() && text.indexOf('/') < 0);
        int checksum = content.getInt((int) (link.offset() + link.size()) - CHECKSUM);
        String folder = path.substring(0, Math.max(0, path.lastIndexOf('/')));
        return name.flatMap(file -> places(folder, file).stream()
                .flatMap(place ->
                        read(place, debug -> checksumOf(debug) == checksum, "its checksum differs", what).stream())
                .findFirst());
    }

    private static Set<String> places(String folder, String file) {
        return new LinkedHashSet<>(
                List.of(folder + "/" + file, folder + "/.debug/" + file, FOLDER + folder + "/" + file));
    }

    private <T> Optional<T> read(
            String file, Predicate<FileContent> belongs, String otherwise, Function<Found, Optional<T>> what) {
        if (file.equals(path)) {
            return Optional.empty();
        }
        Optional<FileContent> content = files.content(file);
        if (content.isEmpty()) {
            return Optional.empty();
        }
        try {
            FileKind.check(content.get(), file);
            if (!belongs.test(content.get())) {
                warnings.add("The debug file %s does not belong to %s (%s) and was not used."
                        .formatted(file, path, otherwise));
                return Optional.empty();
            }
            return what.apply(new Found(file, content.get(), Sections.read(content.get(), file)));
        } catch (RuntimeException damaged) {
            warnings.add("The debug file %s of %s cannot be read: %s".formatted(file, path, damaged.getMessage()));
            return Optional.empty();
        }
    }

    static String buildIdOf(FileContent content, String file) {
        ElfFile elf = ElfFile.from(new ContentAsBackingFile(content));
        Segments segments = new Segments(List.of(), elf.segmentsOfType(ElfSegment.PT_NOTE));
        return Notes.read(content, Sections.read(content, file), segments, file, new ArrayList<>())
                .buildId();
    }

    private static int checksumOf(FileContent content) {
        CRC32 checksum = new CRC32();
        byte[] some = new byte[CHUNK];
        int at = 0;
        for (; at + CHUNK <= content.limit(); at += CHUNK) {
            content.get(at, some);
            checksum.update(some);
        }
        byte[] rest = new byte[content.limit() - at];
        content.get(at, rest);
        checksum.update(rest);
        return (int) checksum.getValue();
    }
}
