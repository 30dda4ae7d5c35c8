package io.probeunit.binary;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import net.fornwall.jelf.ElfDynamicSection;
import net.fornwall.jelf.ElfFile;
import net.fornwall.jelf.ElfSectionHeader;
import net.fornwall.jelf.ElfSymbol;
import net.fornwall.jelf.ElfSymbolTableSection;

/** The symbols that the file defines: those of {@code .symtab} and {@code .dynsym} united, without doubles. */
final class SymbolTables {

    private static final int ENTRY = 24;
    private static final int DYNAMIC_ENTRY = 16;
    private static final int UNDEFINED = 0;
    /** In the range of the operating system; GNU's extension, with which {@code elf.h} agrees. */
    private static final int STT_GNU_IFUNC = 10;

    private static final Comparator<FunctionSymbol> BY_ADDRESS =
            Comparator.comparing(FunctionSymbol::address, Long::compareUnsigned).thenComparing(FunctionSymbol::name);

    private record Symbol(String name, int type, long address, long size) {}

    private final List<Symbol> symbols;
    private final Set<String> imported;
    private final boolean complete;
    private final Map<String, Set<Long>> addressesByName = new HashMap<>();

    private SymbolTables(List<Symbol> symbols, Set<String> imported, boolean complete) {
        this.symbols = symbols;
        this.imported = imported;
        this.complete = complete;
    }

    static SymbolTables read(ElfFile elf, Sections sections, ByteBuffer content, String path, List<String> warnings) {
        Optional<Sections.Header> all = sections.ofType(ElfSectionHeader.SHT_SYMTAB);
        Optional<Sections.Header> exported = sections.ofType(ElfSectionHeader.SHT_DYNSYM);
        List<Symbol> symbols = new ArrayList<>();
        // that of what is exported first, since there all versions of symbols are told
        exported.ifPresent(table ->
                add(elf, sections, content, table, path, symbols, SymbolVersions.read(sections, content), warnings));
        all.ifPresent(table -> add(elf, sections, content, table, path, symbols, SymbolVersions.NONE, warnings));
        return new SymbolTables(
                symbols,
                exported.map(table -> imported(elf, sections, content, table)).orElse(Set.of()),
                all.isPresent());
    }

    private static Set<String> imported(ElfFile elf, Sections sections, ByteBuffer content, Sections.Header table) {
        Optional<Sections.Header> names = sections.at(table.link()).filter(Sections.Header::inFile);
        Set<String> imported = new HashSet<>();
        if (!table.inFile() || table.entrySize() != ENTRY || names.isEmpty()) {
            return imported;
        }
        Strings strings = new Strings(content, names.get());
        for (ElfSymbol symbol : ((ElfSymbolTableSection) elf.getSection(table.index())).symbols) {
            boolean elsewhere = symbol.st_shndx == UNDEFINED && symbol.st_name != 0;
            if (elsewhere && (symbol.getType() == ElfSymbol.STT_FUNC || symbol.getType() == ElfSymbol.STT_NOTYPE)) {
                strings.at(symbol.st_name).map(FunctionNames::withoutVersion).ifPresent(imported::add);
            }
        }
        return imported;
    }

    private static void add(
            ElfFile elf,
            Sections sections,
            ByteBuffer content,
            Sections.Header table,
            String path,
            List<Symbol> symbols,
            SymbolVersions versions,
            List<String> warnings) {
        Optional<Sections.Header> names = sections.at(table.link()).filter(Sections.Header::inFile);
        if (!table.inFile() || table.entrySize() != ENTRY || names.isEmpty()) {
            warnings.add("The symbol table %s of %s is damaged and was left out.".formatted(table.name(), path));
            return;
        }
        Strings strings = new Strings(content, names.get());
        int unreadable = 0;
        int index = -1;
        for (ElfSymbol symbol : ((ElfSymbolTableSection) elf.getSection(table.index())).symbols) {
            index++;
            if (symbol.st_shndx == UNDEFINED || symbol.st_name == 0 || !isNamedPlace(symbol.getType())) {
                continue;
            }
            // not symbol.getName(): that looks the string table up by name, anew for every symbol
            Optional<String> name = strings.at(symbol.st_name).filter(text -> !text.isEmpty());
            if (name.isPresent()) {
                symbols.add(new Symbol(
                        versions.named(name.get(), index), symbol.getType(), symbol.st_value, symbol.st_size));
            } else {
                unreadable++;
            }
        }
        if (unreadable > 0) {
            warnings.add("%d symbols of %s in %s have no readable name and were left out."
                    .formatted(unreadable, table.name(), path));
        }
    }

    /** These symbols and those of another file, which were split from this one; what is imported is told here alone. */
    SymbolTables with(SymbolTables split) {
        List<Symbol> united = new ArrayList<>(symbols);
        united.addAll(split.symbols);
        return new SymbolTables(united, imported, split.complete);
    }

    private static boolean isNamedPlace(int type) {
        return type == ElfSymbol.STT_FUNC
                || type == STT_GNU_IFUNC
                || type == ElfSymbol.STT_OBJECT
                || type == ElfSymbol.STT_NOTYPE;
    }

    /** What the file only refers to. */
    Imports imports(ElfFile elf, Sections sections) {
        return new Imports(imported, libraries(elf, sections));
    }

    private List<String> libraries(ElfFile elf, Sections sections) {
        boolean readable = sections.ofType(ElfSectionHeader.SHT_DYNAMIC)
                .filter(table -> table.inFile() && table.entrySize() == DYNAMIC_ENTRY)
                .isPresent();
        if (imported.isEmpty() || !readable) {
            return List.of();
        }
        try {
            ElfDynamicSection dynamic = elf.getDynamicSection();
            return dynamic == null ? List.of() : dynamic.getNeededLibraries();
        } catch (RuntimeException damaged) {
            // needed for advice alone
            return List.of();
        }
    }

    /** Says whether there is a {@code .symtab}. */
    boolean complete() {
        return complete;
    }

    List<FunctionSymbol> functions(Segments segments) {
        return ofType(ElfSymbol.STT_FUNC, segments);
    }

    List<FunctionSymbol> indirectFunctions(Segments segments) {
        return ofType(STT_GNU_IFUNC, segments);
    }

    private List<FunctionSymbol> ofType(int type, Segments segments) {
        record Key(String name, long address) {}
        Map<Key, FunctionSymbol> byName = new HashMap<>();
        for (Symbol symbol : symbols) {
            if (symbol.type() != type) {
                continue;
            }
            OptionalLong offset = segments.codeOffset(symbol.address());
            if (offset.isPresent()) {
                // both tables may name it, and only one with its version
                byName.merge(
                        new Key(FunctionNames.withoutVersion(symbol.name()), symbol.address()),
                        new FunctionSymbol(symbol.name(), symbol.address(), offset.getAsLong(), symbol.size()),
                        (one, other) -> other.name().length() > one.name().length() ? other : one);
            }
        }
        List<FunctionSymbol> functions = new ArrayList<>(byName.values());
        functions.sort(BY_ADDRESS);
        return functions;
    }

    /** The addresses that a name stands for; built at the first question, since most marks ask none. */
    Set<Long> addresses(String name) {
        if (addressesByName.isEmpty()) {
            for (Symbol symbol : symbols) {
                addressesByName
                        .computeIfAbsent(FunctionNames.withoutVersion(symbol.name()), key -> new HashSet<>())
                        .add(symbol.address());
            }
        }
        return addressesByName.getOrDefault(name, Set.of());
    }
}
