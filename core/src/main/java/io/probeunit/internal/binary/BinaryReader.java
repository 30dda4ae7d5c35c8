package io.probeunit.internal.binary;

import io.probeunit.internal.host.FileContent;
import io.probeunit.internal.host.HostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.fornwall.jelf.ElfFile;
import net.fornwall.jelf.ElfSegment;

/**
 * Reads the content of an ELF file. Thread-safe.
 *
 * <p>The format is that of the System V gABI, chapters 4 and 5 (header, sections, symbols, notes, program headers), as
 * far as jelf does not know it better; that of the marks is in {@code StapsdtNote}.
 */
public final class BinaryReader {

    /** {@code sys/sdt.h} makes it with the first mark. It is loaded, so no tool strips it; the notes are not loaded. */
    static final String BASE_OF_MARKS = ".stapsdt.base";

    private BinaryReader() {}

    /**
     * Reads a file. Takes a fraction of a second for a library of 100 MB, since only tables are looked at.
     *
     * @param content the file, of which a fraction is read; not kept
     * @param path the path as in the container, for messages
     * @return what the file offers
     * @throws BinaryException if the content is no 64-bit little-endian ELF program or library, or is damaged
     * @throws HostException if it cannot be read
     */
    public static BinaryFile read(FileContent content, String path) {
        return read(content, path, DebugFiles.none());
    }

    /**
     * Reads a file, and the symbols that were split from it if it is stripped.
     *
     * @param content the file, of which a fraction is read; not kept
     * @param path the path as in the container
     * @param debugFiles where split symbols are looked for
     * @return what the file offers
     * @throws BinaryException if the content is no 64-bit little-endian ELF program or library, or is damaged
     * @throws HostException if it cannot be read
     */
    public static BinaryFile read(FileContent content, String path, DebugFiles debugFiles) {
        FileKind.check(content, path);
        try {
            return readElf(content, path, debugFiles);
        } catch (BinaryException | HostException e) {
            throw e;
        } catch (RuntimeException e) {
            // jelf trusts what it reads: a wrong number shows as an exception of any kind
            throw new BinaryException(
                    "%s is a damaged ELF file (%s) (PU0601). Look at it with 'readelf -a'; copy or build it again."
                            .formatted(path, e.getMessage()),
                    e);
        }
    }

    private static BinaryFile readElf(FileContent content, String path, DebugFiles debugFiles) {
        List<String> warnings = new ArrayList<>();
        Sections sections = Sections.read(content, path);
        FileKind.checkHasCode(sections, path);
        ElfFile elf = ElfFile.from(new ContentAsBackingFile(content));
        Segments segments = Segments.read(elf, content.limit(), path);
        Notes notes = Notes.read(content, sections, segments, path, warnings);
        Sections tables = tables(sections, elf, content, segments, path, warnings);
        SymbolTables own = SymbolTables.read(tables, content, path, warnings);
        SymbolTables symbols =
                own.complete() ? own : withMore(own, debugFiles, notes, content, sections, path, warnings);
        Architecture architecture = FileKind.architecture(elf.e_machine);
        boolean positionIndependent = elf.e_type == ElfFile.ET_DYN;
        OperandReader operands = new OperandReader(OperandGrammar.of(architecture, positionIndependent, symbols));
        MarkPlaces places = new MarkPlaces(content, sections, architecture);
        MarkReader markReader = new MarkReader(sections, segments, operands, places, path, warnings);
        List<Mark> marks = markReader.read(notes.stapsdt());
        if (notes.stapsdt().isEmpty() && sections.named(BASE_OF_MARKS).isPresent()) {
            warnings.add(
                    "%s was built with marks (it has a section %s), and a tool has removed their notes. llvm-strip and llvm-objcopy --strip-all do that. Use GNU strip, eu-strip or llvm-strip --strip-unneeded: they keep the notes."
                            .formatted(path, BASE_OF_MARKS));
        }
        return new BinaryFile(
                path,
                architecture,
                positionIndependent,
                Optional.of(notes.buildId()).filter(id -> !id.isEmpty()),
                !symbols.knowsFunctions(),
                symbols.functions(segments),
                symbols.indirectFunctions(segments),
                marks,
                symbols.imports(),
                warnings,
                Origin.read(sections, content, symbols),
                new UnusableMarks(
                        markReader.leftOut(), sections.named(".probes").isPresent()),
                symbols.labels(sections, segments),
                () -> SplitDebug.find(debugFiles, path, notes.buildId(), content, sections, architecture));
    }

    private static Sections tables(
            Sections sections,
            ElfFile elf,
            FileContent content,
            Segments segments,
            String path,
            List<String> warnings) {
        if (!sections.headers().isEmpty()) {
            return sections;
        }
        warnings.add("%s has no section headers: only the functions that it exports are known, and no marks."
                .formatted(path));
        return DynamicTables.read(content, elf.segmentsOfType(ElfSegment.PT_DYNAMIC), segments);
    }

    /** What was split from a stripped file, or else what it keeps itself. */
    private static SymbolTables withMore(
            SymbolTables own,
            DebugFiles debugFiles,
            Notes notes,
            FileContent content,
            Sections sections,
            String path,
            List<String> warnings) {
        return new SplitFiles(debugFiles, path, warnings)
                .find(
                        notes.buildId(),
                        content,
                        sections,
                        file -> Optional.of(SymbolTables.read(file.sections(), file.content(), file.path(), warnings))
                                .filter(SymbolTables::complete))
                .map(own::with)
                .or(() -> MiniDebugInfo.read(content, sections, path, warnings).map(own::withFunctions))
                .orElse(own);
    }
}
