package io.probeunit.internal.binary;

import io.probeunit.internal.host.FileContent;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.fornwall.jelf.ElfSectionHeader;
import net.fornwall.jelf.ElfSegment;

/**
 * The notes of the file, as far as they matter. Split here since jelf drops all notes of a section that has a bad one.
 *
 * <p>gABI, chapter 5, "Note Section": three words (size of the owner's name, size of the content, type), then both, each
 * padded to the section's alignment, which is 4 unless it is 8.
 *
 * @param buildId in hexadecimal, empty if there is none
 * @param stapsdt the contents of the notes of marks
 */
record Notes(String buildId, List<FileContent> stapsdt) {

    private static final int NOTE_HEADER = 12;
    private static final int NT_GNU_BUILD_ID = 3;
    private static final int NT_STAPSDT = 3;

    static Notes read(FileContent content, Sections sections, Segments segments, String path, List<String> warnings) {
        Collector collector = new Collector(content, path, warnings);
        for (Sections.Header section : sections.headers()) {
            if (section.type() != ElfSectionHeader.SHT_NOTE) {
                continue;
            }
            if (section.inFile()) {
                collector.split(section.name(), section.offset(), section.size(), section.alignment());
            } else {
                warnings.add("The notes %s of %s lie outside of the file and were left out."
                        .formatted(section.name(), path));
            }
        }
        // without section headers, what the loader sees is left: the build-id
        if (sections.headers().isEmpty()) {
            for (ElfSegment segment : segments.notes()) {
                if (segment.p_offset >= 0
                        && segment.p_filesz >= 0
                        && segment.p_filesz <= content.limit() - segment.p_offset) {
                    collector.split("of a segment", segment.p_offset, segment.p_filesz, segment.p_align);
                }
            }
        }
        return new Notes(collector.buildId, collector.stapsdt);
    }

    private static final class Collector {
        private final FileContent content;
        private final String path;
        private final List<String> warnings;
        private final List<FileContent> stapsdt = new ArrayList<>();
        private String buildId = "";
        private long budget;

        Collector(FileContent content, String path, List<String> warnings) {
            this.content = content;
            this.path = path;
            this.warnings = warnings;
            budget = content.limit();
        }

        void split(String section, long offset, long size, long alignment) {
            budget -= size;
            // sections that overlap are damaged, and would be read again and again
            if (budget < 0) {
                warnings.add("The notes %s of %s overlap others and were left out.".formatted(section, path));
                return;
            }
            long padding = alignment == 8 ? 8 : 4;
            long at = offset;
            long end = offset + size;
            while (end - at >= NOTE_HEADER) {
                int header = (int) at;
                long nameSize = Integer.toUnsignedLong(content.getInt(header));
                long descriptorSize = Integer.toUnsignedLong(content.getInt(header + 4));
                long descriptor = at + NOTE_HEADER + padded(nameSize, padding);
                // 8-byte padding counts from the section's start, where the header's 12 bytes are not a multiple
                if (padding == 8) {
                    descriptor = offset + padded(at - offset + NOTE_HEADER + nameSize, padding);
                }
                if (descriptor + descriptorSize > end) {
                    warnings.add(
                            "The notes %s of %s are damaged at byte %d: a note ends outside; it and the notes after it were left out."
                                    .formatted(section, path, at));
                    return;
                }
                note(header, (int) nameSize, (int) descriptor, (int) descriptorSize);
                at = offset + padded(descriptor + descriptorSize - offset, padding);
            }
        }

        private void note(int header, int nameSize, int descriptor, int descriptorSize) {
            String owner = new Strings(content, header + NOTE_HEADER, header + NOTE_HEADER + nameSize)
                    .at(0)
                    .orElse("");
            int type = content.getInt(header + 8);
            if (owner.equals("GNU") && type == NT_GNU_BUILD_ID) {
                byte[] id = new byte[descriptorSize];
                content.get(descriptor, id);
                buildId = HexFormat.of().formatHex(id);
            } else if (owner.equals("stapsdt") && type == NT_STAPSDT) {
                stapsdt.add(content.slice(descriptor, descriptorSize));
            } else if (owner.equals("stapsdt")) {
                warnings.add("A mark of %s has a note of version %d, which is not known; it was left out."
                        .formatted(path, type));
            }
        }

        private static long padded(long size, long to) {
            return (size + to - 1) / to * to;
        }
    }
}
