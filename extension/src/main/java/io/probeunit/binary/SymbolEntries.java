package io.probeunit.binary;

import java.nio.ByteBuffer;

/**
 * The entries of one symbol table, each read where it lies: gABI, chapter 4, "Symbol Table". jelf would make an object of
 * each, byte by byte, and a library has a hundred thousand.
 */
final class SymbolEntries {

    private static final int ENTRY = 24;
    private static final int INFO_AT = 4;
    private static final int OTHER_AT = 5;
    private static final int SECTION_AT = 6;
    private static final int ADDRESS_AT = 8;
    private static final int SIZE_AT = 16;
    private static final int TYPE_BITS = 0xf;
    private static final int VISIBILITY_BITS = 0x3;
    private static final int BINDING_AT = 4;
    private static final int STB_LOCAL = 0;
    private static final int STB_WEAK = 2;
    private static final int UNDEFINED = 0;

    private final ByteBuffer content;
    private final int start;
    private final int count;

    /** Takes a little-endian file and a table in it that is readable. */
    SymbolEntries(ByteBuffer content, Sections.Header table) {
        this.content = content;
        start = (int) table.offset();
        count = (int) (table.size() / ENTRY);
    }

    static boolean isReadable(Sections.Header table) {
        return table.inFile() && table.entrySize() == ENTRY;
    }

    int count() {
        return count;
    }

    /** Where the name is in the table of strings; 0 if there is none. */
    int nameAt(int index) {
        return content.getInt(at(index));
    }

    /** STT_… */
    int type(int index) {
        return content.get(at(index) + INFO_AT) & TYPE_BITS;
    }

    /** STB_LOCAL with STV_DEFAULT: the linker makes hidden ones local, but leaves their visibility. */
    boolean isInternal(int index) {
        return (content.get(at(index) + INFO_AT) & ~TYPE_BITS) == 0
                && (content.get(at(index) + OTHER_AT) & VISIBILITY_BITS) == 0;
    }

    FunctionSymbol.Binding binding(int index) {
        return switch (content.get(at(index) + INFO_AT) >> BINDING_AT & TYPE_BITS) {
            case STB_LOCAL -> FunctionSymbol.Binding.LOCAL;
            case STB_WEAK -> FunctionSymbol.Binding.WEAK;
            default -> FunctionSymbol.Binding.GLOBAL;
        };
    }

    boolean isDefined(int index) {
        return content.getShort(at(index) + SECTION_AT) != UNDEFINED;
    }

    long address(int index) {
        return content.getLong(at(index) + ADDRESS_AT);
    }

    long size(int index) {
        return content.getLong(at(index) + SIZE_AT);
    }

    private int at(int index) {
        return start + index * ENTRY;
    }
}
