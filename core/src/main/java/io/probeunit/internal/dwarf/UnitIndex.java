package io.probeunit.internal.dwarf;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Which unit has the code at an address: by {@code .debug_aranges}, and where that says nothing by the units' entries. */
final class UnitIndex {

    private static final int MOST = 1 << 20;

    private final Sections file;
    private final List<Part> listed;
    private final Set<Integer> unitsListed;
    private Optional<List<Part>> others = Optional.empty();

    private record Part(long from, long to, int unit) {}

    private UnitIndex(Sections file, List<Part> listed, Set<Integer> unitsListed) {
        this.file = file;
        this.listed = listed;
        this.unitsListed = unitsListed;
    }

    static UnitIndex read(Sections file) {
        List<Part> parts = new ArrayList<>();
        Set<Integer> units = new HashSet<>();
        Bytes section = file.bytes(".debug_aranges");
        for (int at = 0; at < section.end(); ) {
            at = table(section, at, parts, units);
        }
        return new UnitIndex(file, sorted(parts), units);
    }

    private static int table(Bytes section, int begin, List<Part> parts, Set<Integer> units) {
        Cursor cursor = new Cursor(section, begin);
        Cursor.InitialLength length = cursor.length();
        cursor.u16();
        int unit = (int) Math.min(Integer.MAX_VALUE, cursor.unsigned(length.offsetSize()) & Long.MAX_VALUE);
        int addressSize = cursor.u8();
        cursor.u8();
        if (addressSize != Long.BYTES) {
            throw section.damaged("%d-byte addresses, 0x%x".formatted(addressSize, begin));
        }
        int pair = 2 * Long.BYTES;
        int rest = (cursor.at() - begin) % pair;
        cursor.skip(rest == 0 ? 0 : pair - rest);
        boolean some = false;
        while (cursor.at() + pair <= length.end()) {
            long from = cursor.u64();
            long size = cursor.u64();
            if (from != 0 && size > 0) {
                add(section, parts, new Part(from, from + size, unit));
                some = true;
            }
        }
        if (some) {
            units.add(unit);
        }
        return length.end();
    }

    private static void add(Bytes section, List<Part> parts, Part part) {
        if (parts.size() == MOST) {
            throw section.damaged("more than %d ranges".formatted(MOST));
        }
        parts.add(part);
    }

    private static List<Part> sorted(List<Part> parts) {
        parts.sort(Comparator.comparing(Part::from, Long::compareUnsigned));
        return List.copyOf(parts);
    }

    /** The place of the unit; empty if none has the address. */
    OptionalInt unit(long address) {
        OptionalInt found = in(listed, address);
        if (found.isPresent()) {
            return found;
        }
        if (others.isEmpty()) {
            others = Optional.of(others());
        }
        return in(others.get(), address);
    }

    private List<Part> others() {
        List<Part> parts = new ArrayList<>();
        UnitList units = file.units();
        for (int i = 0; i < units.size(); i++) {
            if (!unitsListed.contains(units.offset(i))) {
                Unit unit = file.unit(Sections.INFO, units.offset(i));
                for (Ranges.Range range : Ranges.of(unit.top())) {
                    add(unit.header().info(), parts, new Part(range.from(), range.to(), units.offset(i)));
                }
            }
        }
        return sorted(parts);
    }

    /** Ranges of linked code do not overlap, but for what the linker removed, which begins at 0 or 1. */
    private static OptionalInt in(List<Part> parts, long address) {
        int below = 0;
        int above = parts.size();
        while (below < above) {
            int middle = (below + above) >>> 1;
            if (Long.compareUnsigned(parts.get(middle).from(), address) <= 0) {
                below = middle + 1;
            } else {
                above = middle;
            }
        }
        return below > 0 && Long.compareUnsigned(address, parts.get(below - 1).to()) < 0
                ? OptionalInt.of(parts.get(below - 1).unit())
                : OptionalInt.empty();
    }
}
