package io.probeunit.internal.binary;

import io.probeunit.internal.host.FileContent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import net.fornwall.jelf.ElfSectionHeader;
import net.fornwall.jelf.ElfSegment;

/**
 * The tables that the loader uses, for a file whose section headers were stripped off: gABI, chapter 5, "Dynamic
 * Section" and "Hash Table". GNU's hash table is read as in glibc's {@code dl-lookup.c}.
 */
final class DynamicTables {

    private static final int ENTRY = 16;
    private static final int SYMBOL = 24;
    private static final long DT_HASH = 4;
    private static final long DT_STRTAB = 5;
    private static final long DT_SYMTAB = 6;
    private static final long DT_STRSZ = 10;
    private static final long DT_GNU_HASH = 0x6ffffef5L;
    private static final long DT_VERSYM = 0x6ffffff0L;
    private static final long DT_VERDEF = 0x6ffffffcL;
    private static final int SHT_GNU_VERDEF = 0x6ffffffd;
    private static final int SHT_GNU_VERSYM = 0x6fffffff;
    private static final int GNU_HASH_HEADER = 16;

    private final FileContent content;
    private final Segments segments;
    private final Map<Long, Long> values = new HashMap<>();
    private final List<Sections.Header> tables = new ArrayList<>();

    private DynamicTables(FileContent content, Segments segments) {
        this.content = content;
        this.segments = segments;
    }

    /** The tables as if sections told of them; none for a program that is linked statically. */
    static Sections read(FileContent content, List<ElfSegment> dynamic, Segments segments) {
        return dynamic.stream()
                .filter(segment -> segment.p_offset >= 0
                        && segment.p_filesz >= 0
                        && segment.p_filesz <= content.limit() - segment.p_offset)
                .findFirst()
                .map(segment -> new DynamicTables(content, segments).sections(segment))
                .orElse(new Sections(List.of()));
    }

    private Sections sections(ElfSegment dynamic) {
        long end = dynamic.p_offset + dynamic.p_filesz;
        for (long at = dynamic.p_offset; at + ENTRY <= end && content.getLong((int) at) != 0; at += ENTRY) {
            values.putIfAbsent(content.getLong((int) at), content.getLong((int) at + ENTRY / 2));
        }
        Optional<Long> symbols = offset(DT_SYMTAB);
        Optional<Long> strings = offset(DT_STRTAB);
        if (symbols.isEmpty() || strings.isEmpty()) {
            return new Sections(List.of());
        }
        long count = count(symbols.get(), strings.get());
        add(ElfSectionHeader.SHT_NULL, 0, 0, 0, 0);
        add(ElfSectionHeader.SHT_DYNSYM, symbols.get(), count * SYMBOL, 2, SYMBOL);
        add(ElfSectionHeader.SHT_STRTAB, strings.get(), values.getOrDefault(DT_STRSZ, 0L), 0, 0);
        add(ElfSectionHeader.SHT_DYNAMIC, dynamic.p_offset, dynamic.p_filesz, 2, ENTRY);
        offset(DT_VERSYM).ifPresent(at -> add(SHT_GNU_VERSYM, at, count * 2, 1, 2));
        // each entry says where the next one is, and the last one that it is the last
        offset(DT_VERDEF).ifPresent(at -> add(SHT_GNU_VERDEF, at, content.limit() - at, 2, 0));
        return new Sections(List.copyOf(tables));
    }

    private void add(int type, long offset, long size, int link, long entrySize) {
        boolean inFile = offset >= 0 && size >= 0 && size <= content.limit() - offset;
        tables.add(new Sections.Header(
                tables.size(), "of the loader", type, false, false, 0, offset, size, link, 0, entrySize, inFile));
    }

    private Optional<Long> offset(long tag) {
        OptionalLong offset = values.containsKey(tag) ? segments.offset(values.get(tag)) : OptionalLong.empty();
        return offset.isPresent() ? Optional.of(offset.getAsLong()) : Optional.empty();
    }

    /** No table tells how many symbols there are, but the hash tables reach to the last. */
    private long count(long symbols, long strings) {
        Optional<Long> hash = offset(DT_HASH).filter(at -> at <= content.limit() - 8);
        if (hash.isPresent()) {
            return Integer.toUnsignedLong(content.getInt(hash.get().intValue() + 4));
        }
        return offset(DT_GNU_HASH)
                .filter(at -> at <= content.limit() - GNU_HASH_HEADER)
                .map(this::countByGnuHash)
                // linkers put the strings behind the symbols
                .orElse(Math.max(0, (strings - symbols) / SYMBOL));
    }

    /** Four words (buckets, first symbol, words of the filter, shift), the filter, the buckets, then a word a symbol. */
    private long countByGnuHash(long table) {
        long buckets = word(table);
        long first = word(table + 4);
        long bucketsAt = table + GNU_HASH_HEADER + 8 * word(table + 8);
        long chainsAt = bucketsAt + 4 * buckets;
        long last = 0;
        for (long at = bucketsAt; at < chainsAt && at <= content.limit() - 4; at += 4) {
            last = Math.max(last, word(at));
        }
        if (last < first) {
            return first;
        }
        long at = chainsAt + 4 * (last - first);
        while (at <= content.limit() - 4 && (word(at) & 1) == 0) {
            at += 4;
        }
        return (at - chainsAt) / 4 + first + 1;
    }

    private long word(long at) {
        return Integer.toUnsignedLong(content.getInt((int) at));
    }
}
