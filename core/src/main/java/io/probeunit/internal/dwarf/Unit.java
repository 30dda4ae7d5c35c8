package io.probeunit.internal.dwarf;

import java.util.Optional;

/** A unit of entries; DWARF 5, section 7.5.1. Not thread-safe. */
final class Unit {

    /** What is larger is read in parts, as it is needed. */
    private static final int LARGEST_AT_ONCE = 8 << 20;

    private static final int FIRST_VERSION = 2;
    private static final int UNDERSTOOD = 4;
    private static final int LATEST = 5;

    private final Sections file;
    private final Header header;
    private final Abbreviations abbreviations;
    private Optional<Die> top = Optional.empty();

    /**
     * The header.
     *
     * @param info the section
     * @param offset where it begins
     * @param end the place behind the unit
     * @param offsetSize 4 or 8 bytes
     * @param version of DWARF
     * @param type of the unit; 0 before version 5
     * @param addressSize in bytes
     * @param abbreviations place of its shapes
     * @param signature of a unit with a type
     * @param typeAt where that type is, from the unit's begin
     * @param first place of the first entry
     */
    record Header(
            Bytes info,
            int offset,
            int end,
            int offsetSize,
            int version,
            int type,
            int addressSize,
            long abbreviations,
            long signature,
            long typeAt,
            int first) {

        static Header read(Bytes info, int offset, boolean types) {
            Cursor cursor = new Cursor(info, offset);
            Cursor.InitialLength length = cursor.length();
            int version = cursor.u16();
            if (version < FIRST_VERSION || version > LATEST) {
                throw info.damaged("version %d, 0x%x".formatted(version, offset));
            }
            int type = version == LATEST ? cursor.u8() : types ? Dw.UNIT_TYPE : 0;
            int addressSize = version == LATEST ? cursor.u8() : 0;
            long abbreviations = cursor.unsigned(length.offsetSize());
            if (version < LATEST) {
                addressSize = cursor.u8();
            }
            if (addressSize != Long.BYTES) {
                throw info.damaged("%d-byte addresses, 0x%x".formatted(addressSize, offset));
            }
            long signature = 0;
            long typeAt = 0;
            if (type == Dw.UNIT_TYPE || type == Dw.UNIT_SPLIT_TYPE) {
                signature = cursor.u64();
                typeAt = cursor.unsigned(length.offsetSize());
            } else if (type == Dw.UNIT_SKELETON || type == Dw.UNIT_SPLIT) {
                cursor.u64();
            }
            return new Header(
                    info,
                    offset,
                    length.end(),
                    length.offsetSize(),
                    version,
                    type,
                    addressSize,
                    abbreviations,
                    signature,
                    typeAt,
                    cursor.at());
        }

        DwarfException damaged(String what) {
            return info.damaged(what);
        }
    }

    Unit(Sections file, Header header, Abbreviations abbreviations) {
        this.file = file;
        this.abbreviations = abbreviations;
        this.header = header.end() - header.offset() > LARGEST_AT_ONCE
                ? header
                : new Header(
                        header.info().part(header.offset(), header.end()),
                        header.offset(),
                        header.end(),
                        header.offsetSize(),
                        header.version(),
                        header.type(),
                        header.addressSize(),
                        header.abbreviations(),
                        header.signature(),
                        header.typeAt(),
                        header.first());
    }

    Sections file() {
        return file;
    }

    Header header() {
        return header;
    }

    Abbreviations abbreviations() {
        return abbreviations;
    }

    /** Whether its entries are of a version whose attributes are read; assemblers still write older ones. */
    boolean isUnderstood() {
        return header.version() >= UNDERSTOOD;
    }

    boolean isVersion5() {
        return header.version() == LATEST;
    }

    /** The entry of the unit itself. */
    Die top() {
        if (top.isEmpty()) {
            top = Optional.of(die(header.first()));
        }
        return top.get();
    }

    Die die(long offset) {
        if (offset < header.first() || offset >= header.end()) {
            throw header.damaged("entry 0x%x of 0x%x".formatted(offset, header.end()));
        }
        DieScan scan = new DieScan(this, (int) offset);
        if (!scan.next() || scan.offset() != offset) {
            throw header.damaged("no entry, 0x%x".formatted(offset));
        }
        return scan.die();
    }

    /** All entries of the unit. */
    DieScan scan() {
        return new DieScan(this, header.first());
    }

    /** A number that the unit's entry has for its tables; what they have without it. */
    long base(int attribute, long otherwise) {
        return top().get(attribute).map(Value::number).orElse(otherwise);
    }
}
