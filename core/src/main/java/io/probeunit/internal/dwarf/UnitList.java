package io.probeunit.internal.dwarf;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Where the units of a file are. Reads their headers alone. Immutable. */
final class UnitList {

    private static final int SMALLEST = 11;

    private final Sections file;
    private final int[] offsets;
    private final Map<Long, TypeUnit> types;

    private record TypeUnit(String section, int offset) {}

    private UnitList(Sections file, int[] offsets, Map<Long, TypeUnit> types) {
        this.file = file;
        this.offsets = offsets;
        this.types = types;
    }

    static UnitList read(Sections file) {
        Map<Long, TypeUnit> types = new HashMap<>();
        int[] offsets = offsets(file, Sections.INFO, types);
        offsets(file, Sections.TYPES, types);
        return new UnitList(file, offsets, types);
    }

    private static int[] offsets(Sections file, String section, Map<Long, TypeUnit> types) {
        Bytes bytes = file.bytes(section);
        int[] offsets = new int[16];
        int count = 0;
        for (int at = 0; at + SMALLEST <= bytes.end(); count++) {
            Unit.Header header = Unit.Header.read(bytes, at, section.equals(Sections.TYPES));
            if (count == offsets.length) {
                offsets = Arrays.copyOf(offsets, 2 * count);
            }
            offsets[count] = at;
            if (header.type() == Dw.UNIT_TYPE) {
                types.putIfAbsent(header.signature(), new TypeUnit(section, at));
            }
            at = header.end();
        }
        return Arrays.copyOf(offsets, count);
    }

    int size() {
        return offsets.length;
    }

    int offset(int index) {
        return offsets[index];
    }

    /** The place of the unit around a place. */
    int unitWith(int place) {
        int found = Arrays.binarySearch(offsets, place);
        int index = found >= 0 ? found : -found - 2;
        if (index < 0) {
            throw file.bytes(Sections.INFO).damaged("no unit, 0x%x".formatted(place));
        }
        return offsets[index];
    }

    /** The type with a signature. */
    Die type(long signature) {
        TypeUnit unit = types.get(signature);
        if (unit == null) {
            throw file.bytes(Sections.INFO).damaged("no type 0x%x".formatted(signature));
        }
        Unit read = file.unit(unit.section(), unit.offset());
        return read.die(read.header().offset() + read.header().typeAt());
    }
}
