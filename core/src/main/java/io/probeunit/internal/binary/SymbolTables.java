package io.probeunit.internal.binary;

import io.probeunit.internal.host.FileContent;
import io.probeunit.internal.names.FunctionNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.fornwall.jelf.ElfSectionHeader;
import net.fornwall.jelf.ElfSymbol;

/** The symbols that the file defines: those of {@code .symtab} and {@code .dynsym} united, without doubles. */
final class SymbolTables {

    private static final int DYNAMIC_ENTRY = 16;
    /** A type has four bits. */
    private static final int TYPES = 16;

    private static final int DYNAMIC_END = 0;
    private static final int DYNAMIC_NEEDED = 1;
    /** In the range of the operating system; GNU's extension, with which {@code elf.h} agrees. */
    private static final int STT_GNU_IFUNC = 10;

    /** Written out, since it is asked a million times for a large library, and boxes no address. */
    private static final Comparator<FunctionSymbol> BY_ADDRESS = (one, other) -> {
        int byAddress = Long.compareUnsigned(one.address(), other.address());
        return byAddress != 0 ? byAddress : one.name().compareTo(other.name());
    };

    /**
     * A symbol.
     *
     * @param internal known in one source file alone: static in C; not what is merely hidden from other files of the program
     */
    private record Symbol(String name, long address, long size, FunctionSymbol.Binding binding, boolean internal) {

        FunctionSymbol at(long fileOffset) {
            return new FunctionSymbol(name, address, fileOffset, size, binding);
        }
    }

    /** At the number of their type, STT_…, since most questions are about functions alone. */
    private final List<List<Symbol>> symbols;

    private final Imports imports;
    private final boolean complete;
    private final boolean knowsFunctions;
    private final Map<String, Set<Long>> addressesByName = new HashMap<>();

    private SymbolTables(List<List<Symbol>> symbols, Imports imports, boolean complete, boolean knowsFunctions) {
        this.symbols = symbols;
        this.imports = imports;
        this.complete = complete;
        this.knowsFunctions = knowsFunctions;
    }

    static SymbolTables read(Sections sections, FileContent content, String path, List<String> warnings) {
        Optional<Sections.Header> all = sections.ofType(ElfSectionHeader.SHT_SYMTAB);
        Optional<Sections.Header> exported = sections.ofType(ElfSectionHeader.SHT_DYNSYM);
        List<List<Symbol>> symbols = byType(type -> new ArrayList<>());
        StringTables strings = new StringTables(sections, content);
        Set<String> imported = new HashSet<>();
        // that of what is exported first, since there all versions of symbols are told
        exported.ifPresent(table -> add(
                strings,
                content,
                table,
                path,
                symbols,
                imported::add,
                SymbolVersions.read(sections, content, strings),
                warnings));
        all.ifPresent(table -> add(strings, content, table, path, symbols, name -> {}, SymbolVersions.NONE, warnings));
        Imports imports = new Imports(imported, imported.isEmpty() ? List.of() : libraries(sections, content, strings));
        return new SymbolTables(symbols, imports, all.isPresent(), all.isPresent());
    }

    private static void add(
            StringTables tables,
            FileContent content,
            Sections.Header table,
            String path,
            List<List<Symbol>> symbols,
            Consumer<String> imported,
            SymbolVersions versions,
            List<String> warnings) {
        Optional<Strings> names = SymbolEntries.isReadable(table) ? tables.of(table) : Optional.empty();
        if (names.isEmpty()) {
            warnings.add("The symbol table %s of %s is damaged and was left out.".formatted(table.name(), path));
            return;
        }
        Strings strings = names.get();
        SymbolEntries entries = new SymbolEntries(content, table);
        int unreadable = 0;
        boolean ofSource = true;
        for (int i = 0; i < entries.count(); i++) {
            SymbolEntries.Head head = entries.head(i);
            int type = head.type();
            if (type == ElfSymbol.STT_FILE) {
                // behind a source file without a name GNU ld has what was merely hidden, with its visibility lost
                ofSource = head.nameAt() != 0;
            }
            if (head.nameAt() == 0 || !isNamedPlace(type)) {
                continue;
            }
            if (!head.isDefined()) {
                if (isCalled(type)) {
                    strings.at(head.nameAt()).map(FunctionNames::withoutVersion).ifPresent(imported);
                }
                continue;
            }
            Optional<String> name = strings.at(head.nameAt()).filter(text -> !text.isEmpty());
            if (name.isPresent()) {
                symbols.get(type)
                        .add(new Symbol(
                                versions.named(name.get(), i),
                                entries.address(i),
                                entries.size(i),
                                head.binding(),
                                ofSource && head.isInternal()));
            } else {
                unreadable++;
            }
        }
        if (unreadable > 0) {
            warnings.add("%d symbols of %s in %s have no readable name and were left out."
                    .formatted(unreadable, table.name(), path));
        }
    }

    /** These symbols and those of another file, which were split from this one; only this file has the imports. */
    SymbolTables with(SymbolTables split) {
        return new SymbolTables(united(split), imports, split.complete, split.complete);
    }

    /** These symbols and the functions that the file keeps though it is stripped; other symbols are not known all the same. */
    SymbolTables withFunctions(SymbolTables kept) {
        return new SymbolTables(united(kept), imports, complete, true);
    }

    private List<List<Symbol>> united(SymbolTables others) {
        return byType(type ->
                Stream.concat(of(type).stream(), others.of(type).stream()).toList());
    }

    private static List<List<Symbol>> byType(IntFunction<List<Symbol>> list) {
        return IntStream.range(0, TYPES).mapToObj(list).toList();
    }

    private List<Symbol> of(int type) {
        return symbols.get(type);
    }

    private Stream<Symbol> all() {
        return symbols.stream().flatMap(List::stream);
    }

    private static boolean isCalled(int type) {
        return type == ElfSymbol.STT_FUNC || type == ElfSymbol.STT_NOTYPE;
    }

    private static boolean isNamedPlace(int type) {
        return type == ElfSymbol.STT_FUNC
                || type == STT_GNU_IFUNC
                || type == ElfSymbol.STT_OBJECT
                || type == ElfSymbol.STT_NOTYPE;
    }

    /** What the file only refers to. */
    Imports imports() {
        return imports;
    }

    /** gABI, chapter 5, "Dynamic Section"; read here since jelf copies the table of strings byte by byte. */
    private static List<String> libraries(Sections sections, FileContent content, StringTables tables) {
        Optional<Sections.Header> table = sections.ofType(ElfSectionHeader.SHT_DYNAMIC)
                .filter(dynamic -> dynamic.inFile() && dynamic.entrySize() == DYNAMIC_ENTRY);
        Optional<Strings> names = table.flatMap(tables::of);
        if (names.isEmpty()) {
            // needed for advice alone
            return List.of();
        }
        List<String> libraries = new ArrayList<>();
        int at = (int) table.get().offset();
        int end = (int) (at + table.get().size() / DYNAMIC_ENTRY * DYNAMIC_ENTRY);
        for (; at < end && content.getLong(at) != DYNAMIC_END; at += DYNAMIC_ENTRY) {
            if (content.getLong(at) == DYNAMIC_NEEDED) {
                names.get().at((int) content.getLong(at + DYNAMIC_ENTRY / 2)).ifPresent(libraries::add);
            }
        }
        return libraries;
    }

    /** Says whether there is a {@code .symtab}. */
    boolean complete() {
        return complete;
    }

    /** Says whether symbols that no other file sees are there; what remains after {@code strip -x} has none. */
    boolean hasLocals() {
        // those of the linker itself stay, and begin with an underscore
        return complete && all().anyMatch(s -> s.internal() && !s.name().startsWith("_"));
    }

    /** The addresses of functions that have no name outside of their source file, ascending. */
    long[] internalFunctions() {
        Set<Long> known = new HashSet<>();
        Set<Long> internal = new HashSet<>();
        of(ElfSymbol.STT_FUNC).forEach(symbol -> (symbol.internal() ? internal : known).add(symbol.address()));
        return internal.stream()
                .filter(address -> !known.contains(address))
                .mapToLong(Long::longValue)
                .sorted()
                .toArray();
    }

    /** Says whether functions are known that are not exported. */
    boolean knowsFunctions() {
        return knowsFunctions;
    }

    List<FunctionSymbol> functions(Segments segments) {
        return ofType(ElfSymbol.STT_FUNC, segments);
    }

    List<FunctionSymbol> indirectFunctions(Segments segments) {
        return ofType(STT_GNU_IFUNC, segments);
    }

    /** Names of places in sections with instructions that have no type; in a file without sections, in its code. */
    List<FunctionSymbol> labels(Sections sections, Segments segments) {
        List<FunctionSymbol> labels = new ArrayList<>();
        for (Symbol symbol : of(ElfSymbol.STT_NOTYPE)) {
            if (sections.mayHoldCode(symbol.address()) && !Labels.isOfTools(symbol.name())) {
                segments.codeOffset(symbol.address()).ifPresent(offset -> labels.add(symbol.at(offset)));
            }
        }
        labels.sort(BY_ADDRESS);
        return labels.stream().distinct().toList();
    }

    private List<FunctionSymbol> ofType(int type, Segments segments) {
        List<FunctionSymbol> sorted = new ArrayList<>();
        for (Symbol symbol : of(type)) {
            segments.codeOffset(symbol.address()).ifPresent(offset -> sorted.add(symbol.at(offset)));
        }
        sorted.sort(BY_ADDRESS);
        List<FunctionSymbol> functions = new ArrayList<>(sorted.size());
        int from = 0;
        while (from < sorted.size()) {
            int to = from + 1;
            while (to < sorted.size()
                    && sorted.get(to).address() == sorted.get(from).address()) {
                to++;
            }
            functions.addAll(withoutDoubles(sorted.subList(from, to)));
            from = to;
        }
        return functions;
    }

    /** Of the symbols of one address, ordered by name; both tables may name it, and only one with its version. */
    private static Collection<FunctionSymbol> withoutDoubles(List<FunctionSymbol> atOneAddress) {
        if (atOneAddress.size() == 1) {
            return atOneAddress;
        }
        Map<String, FunctionSymbol> byName = new HashMap<>();
        for (FunctionSymbol symbol : atOneAddress) {
            byName.merge(
                    symbol.unversioned(),
                    symbol,
                    (one, other) -> other.name().length() > one.name().length() ? other : one);
        }
        return byName.values().stream().sorted(BY_ADDRESS).toList();
    }

    /** The addresses that a name stands for; built at the first question, since most marks ask none. */
    Set<Long> addresses(String name) {
        if (addressesByName.isEmpty()) {
            all().forEach(symbol -> addressesByName
                    .computeIfAbsent(FunctionNames.withoutVersion(symbol.name()), key -> new HashSet<>())
                    .add(symbol.address()));
        }
        return addressesByName.getOrDefault(name, Set.of());
    }
}
