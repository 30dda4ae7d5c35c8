package io.probeunit.internal.binary;

import io.probeunit.internal.host.FileContent;

/**
 * The entries of one symbol table: gABI, chapter 4, "Symbol Table". jelf would make an object of
 * each, byte by byte, and a library has a hundred thousand.
 */
final class SymbolEntries {

    private static final int ENTRY = 24;
    private static final int ADDRESS_AT = 8;
    private static final int SIZE_AT = 16;
    private static final int TYPE_BITS = 0xf;
    private static final int VISIBILITY_BITS = 0x3;
    private static final int STB_LOCAL = 0;
    private static final int STB_WEAK = 2;

    private final FileContent table;
    private final int count;

    /** Takes a little-endian file and a table in it that is readable. */
    SymbolEntries(FileContent content, Sections.Header table) {
        this.table = content.slice((int) table.offset(), (int) table.size());
        count = (int) (table.size() / ENTRY);
    }

    static boolean isReadable(Sections.Header table) {
        return table.inFile() && table.entrySize() == ENTRY;
    }

    int count() {
        return count;
    }

    /** All but address and size: one access, since each takes long before the code is compiled. */
    Head head(int index) {
        return new Head(table.getLong(index * ENTRY));
    }

    /**
     * The first eight bytes of an entry, little-endian: {@code st_name}, {@code st_info}, {@code st_other}, {@code st_shndx}.
     */
    record Head(long bits) {

        /** Where the name is in the table of strings; 0 if there is none. */
        int nameAt() {
            return (int) bits;
        }

        /** STT_… */
        int type() {
            return (int) (bits >>> 32) & TYPE_BITS;
        }

        FunctionSymbol.Binding binding() {
            return switch ((int) (bits >>> 36) & TYPE_BITS) {
                case STB_LOCAL -> FunctionSymbol.Binding.LOCAL;
                case STB_WEAK -> FunctionSymbol.Binding.WEAK;
                default -> FunctionSymbol.Binding.GLOBAL;
            };
        }

        /** STB_LOCAL with STV_DEFAULT: the linker makes hidden ones local, but leaves their visibility. */
        boolean isInternal() {
            return binding() == FunctionSymbol.Binding.LOCAL && ((int) (bits >>> 40) & VISIBILITY_BITS) == 0;
        }

        boolean isDefined() {
            return bits >>> 48 != 0;
        }
    }

    long address(int index) {
        return table.getLong(index * ENTRY + ADDRESS_AT);
    }

    long size(int index) {
        return table.getLong(index * ENTRY + SIZE_AT);
    }
}
