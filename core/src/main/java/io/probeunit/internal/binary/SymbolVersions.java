package io.probeunit.internal.binary;

import io.probeunit.internal.host.FileContent;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The versions of exported symbols, as {@code .gnu.version} and {@code .gnu.version_d} tell them; Linux Standard Base,
 * "Symbol Versioning".
 */
final class SymbolVersions {

    static final SymbolVersions NONE = new SymbolVersions(Optional.empty(), Map.of());

    private static final int VERSION_SYMBOLS = 0x6fffffff;
    private static final int VERSION_DEFINITIONS = 0x6ffffffd;
    private static final int HIDDEN = 0x8000;
    private static final int ENTRY = 2;
    private static final int DEFINITION = 20;
    private static final int AUXILIARY = 8;
    private static final int BASE = 1;

    private final Optional<FileContent> indexes;
    private final Map<Integer, String> names;

    private SymbolVersions(Optional<FileContent> indexes, Map<Integer, String> names) {
        this.indexes = indexes;
        this.names = names;
    }

    static SymbolVersions read(Sections sections, FileContent content, StringTables tables) {
        Optional<Sections.Header> table = sections.ofType(VERSION_SYMBOLS).filter(Sections.Header::inFile);
        Optional<Sections.Header> definitions =
                sections.ofType(VERSION_DEFINITIONS).filter(Sections.Header::inFile);
        Optional<Strings> strings = definitions.flatMap(tables::of);
        if (table.isEmpty() || strings.isEmpty()) {
            return NONE;
        }
        FileContent indexes =
                content.slice((int) table.get().offset(), (int) table.get().size());
        return new SymbolVersions(Optional.of(indexes), names(content, definitions.get(), strings.get()));
    }

    private static Map<Integer, String> names(FileContent content, Sections.Header definitions, Strings strings) {
        Map<Integer, String> names = new HashMap<>();
        long at = definitions.offset();
        long end = at + definitions.size();
        while (at >= definitions.offset() && at <= end - DEFINITION) {
            int index = content.getShort((int) at + 4) & 0xffff;
            long auxiliary = at + Integer.toUnsignedLong(content.getInt((int) at + 12));
            // the first of them is the version's own name, the others are those that it goes on from
            if (index > BASE && auxiliary <= end - AUXILIARY) {
                strings.at(content.getInt((int) auxiliary)).ifPresent(name -> names.put(index, name));
            }
            int next = content.getInt((int) at + 16);
            if (next <= 0) {
                break;
            }
            at += next;
        }
        return names;
    }

    /** The name of a symbol with its version: {@code name@@VERSION} if it is the default, else {@code name@VERSION}. */
    String named(String name, int symbol) {
        if (indexes.isEmpty() || (symbol + 1) * ENTRY > indexes.get().limit() || name.indexOf('@') > 0) {
            return name;
        }
        int index = indexes.get().getShort(symbol * ENTRY) & 0xffff;
        String version = names.getOrDefault(index & ~HIDDEN, "");
        return version.isEmpty() ? name : name + ((index & HIDDEN) != 0 ? "@" : "@@") + version;
    }
}
