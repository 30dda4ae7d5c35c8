package io.probeunit.internal.binary;

import io.probeunit.internal.dwarf.Convention;
import io.probeunit.internal.dwarf.DebugFile;
import io.probeunit.internal.dwarf.DebugInformation;
import io.probeunit.internal.dwarf.DebugSection;
import io.probeunit.internal.host.FileContent;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The sections with debug information of one file.
 *
 * @param path as in the container
 * @param content of the file
 * @param sections of the file
 * @param files where the file is looked for that it shares entries with
 */
record SplitDebug(String path, FileContent content, Sections sections, DebugFiles files) implements DebugFile {

    private static final String INFO = ".debug_info";
    private static final String FOLDER = "/usr/lib/debug";
    private static final int LONGEST_PATH = 4096;

    /** That of a program, or of what was split from it; empty if there is none. */
    static Optional<DebugInformation> find(
            DebugFiles files,
            String path,
            String buildId,
            FileContent content,
            Sections sections,
            Architecture architecture) {
        Optional<Convention> convention = convention(architecture);
        SplitDebug own = new SplitDebug(path, content, sections, files);
        Optional<SplitDebug> found = own.section(INFO).isPresent()
                ? Optional.of(own)
                : new SplitFiles(files, path, new ArrayList<>())
                        .find(
                                buildId,
                                content,
                                sections,
                                file -> Optional.of(new SplitDebug(file.path(), file.content(), file.sections(), files))
                                        .filter(one -> one.section(INFO).isPresent()));
        return convention.flatMap(by -> found.map(file -> new DebugInformation(file, by)));
    }

    private static Optional<Convention> convention(Architecture architecture) {
        return switch (architecture) {
            case X86_64 -> Optional.of(Convention.X86_64);
            case AARCH64 -> Optional.of(Convention.AARCH64);
            case OTHER -> Optional.empty();
        };
    }

    @Override
    public Optional<DebugSection> section(String name) {
        return sections.named(name)
                .filter(header -> header.inFile() && header.size() > 0)
                .map(header -> new DebugSection(
                        name, content, (int) header.offset(), (int) header.size(), header.compressed()));
    }

    /** GDB manual, "Separate Debug Files": a path, and a build-id without which the file is another one. */
    @Override
    public Optional<DebugFile> supplementary() {
        Optional<Sections.Header> link = sections.named(".gnu_debugaltlink").filter(Sections.Header::inFile);
        if (link.isEmpty() || link.get().size() > LONGEST_PATH) {
            return Optional.empty();
        }
        byte[] bytes = new byte[(int) link.get().size()];
        content.get((int) link.get().offset(), bytes);
        Optional<String> named = new Strings(content, link.get()).at(0).filter(name -> !name.isEmpty());
        if (named.isEmpty()) {
            return Optional.empty();
        }
        int nameEnd = 0;
        while (bytes[nameEnd] != 0) {
            nameEnd++;
        }
        String buildId = HexFormat.of().formatHex(bytes, nameEnd + 1, bytes.length);
        return places(named.get(), buildId).stream()
                .flatMap(place -> withBuildId(place, buildId).stream())
                .findFirst();
    }

    private Set<String> places(String name, String buildId) {
        Set<String> places = new LinkedHashSet<>(List.of(absolute(name)));
        if (buildId.length() > 2) {
            places.add("%s/.build-id/%s/%s.debug".formatted(FOLDER, buildId.substring(0, 2), buildId.substring(2)));
        }
        return places;
    }

    private String absolute(String name) {
        return name.startsWith("/") ? name : path.substring(0, path.lastIndexOf('/') + 1) + name;
    }

    private Optional<DebugFile> withBuildId(String place, String buildId) {
        Optional<FileContent> other = files.content(place);
        if (other.isEmpty()) {
            return Optional.empty();
        }
        try {
            FileKind.check(other.get(), place);
            return SplitFiles.buildIdOf(other.get(), place).equals(buildId)
                    ? Optional.of(new SplitDebug(place, other.get(), Sections.read(other.get(), place), files))
                    : Optional.empty();
        } catch (BinaryException damaged) {
            return Optional.empty();
        }
    }
}
