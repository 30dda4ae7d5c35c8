package io.probeunit.internal.dwarf;

import java.util.Optional;

/** Finds the expression that says where a variable is at an address; DWARF 4, section 2.6.2, and DWARF 5, section 7.7.3. */
final class Locations {

    private static final int MOST = 1 << 16;
    private static final long BASE = -1;

    private Locations() {}

    /**
     * An expression.
     *
     * @param section that has it
     * @param from its first byte
     * @param to the place behind it
     * @param everywhere whether it is said of the whole function, its prologue included
     */
    record Found(Bytes section, int from, int to, boolean everywhere) {}

    /** Empty if the variable is nowhere at that address. */
    static Optional<Found> at(Unit unit, Value location, long address) {
        if (location.isBlock()) {
            return Optional.of(new Found(unit.header().info(), location.at(), location.at() + location.length(), true));
        }
        long base = unit.top()
                .get(Dw.AT_LOW_PC)
                .map(low -> unit.file().address(unit, low))
                .orElse(0L);
        Optional<Found> found =
                unit.isVersion5() ? inList(unit, location, base, address) : inPairs(unit, location, base, address);
        return found.filter(expression -> expression.from() < expression.to());
    }

    private static Optional<Found> inPairs(Unit unit, Value location, long begin, long address) {
        Bytes section = unit.file().bytes(".debug_loc");
        Cursor cursor = new Cursor(section, section.place(location.number()));
        long base = begin;
        for (int i = 0; i < MOST; i++) {
            long from = cursor.u64();
            long to = cursor.u64();
            if (from == 0 && to == 0) {
                return Optional.empty();
            }
            if (from == BASE) {
                base = to;
                continue;
            }
            Found found = expression(section, cursor, cursor.u16());
            if (isAt(new Ranges.Range(base + from, base + to), address)) {
                return Optional.of(found);
            }
        }
        throw section.damaged("more than %d places".formatted(MOST));
    }

    private static Optional<Found> inList(Unit unit, Value location, long begin, long address) {
        Bytes section = unit.file().bytes(".debug_loclists");
        Cursor cursor = new Cursor(section, section.place(Ranges.place(unit, section, location)));
        Sections file = unit.file();
        Optional<Found> otherwise = Optional.empty();
        long base = begin;
        for (int i = 0; i < MOST; i++) {
            int kind = cursor.u8();
            Ranges.Range range;
            switch (kind) {
                case 0 -> {
                    return otherwise;
                }
                case 1 -> {
                    base = file.indexedAddress(unit, cursor.uleb());
                    continue;
                }
                case 2 ->
                    range = new Ranges.Range(
                            file.indexedAddress(unit, cursor.uleb()), file.indexedAddress(unit, cursor.uleb()));
                case 3 -> {
                    long from = file.indexedAddress(unit, cursor.uleb());
                    range = new Ranges.Range(from, from + cursor.uleb());
                }
                case 4 -> range = new Ranges.Range(base + cursor.uleb(), base + cursor.uleb());
                case 5 -> {
                    otherwise = Optional.of(expression(section, cursor, cursor.uleb()));
                    continue;
                }
                case 6 -> {
                    base = cursor.u64();
                    continue;
                }
                case 7 -> range = new Ranges.Range(cursor.u64(), cursor.u64());
                case 8 -> {
                    long from = cursor.u64();
                    range = new Ranges.Range(from, from + cursor.uleb());
                }
                case 9 -> {
                    // GNU: numbers of views, which tell states at one address apart
                    cursor.uleb();
                    cursor.uleb();
                    continue;
                }
                default -> throw section.damaged("unknown place 0x%x, 0x%x".formatted(kind, cursor.at() - 1));
            }
            Found found = expression(section, cursor, cursor.uleb());
            if (isAt(range, address)) {
                return Optional.of(found);
            }
        }
        throw section.damaged("more than %d places".formatted(MOST));
    }

    /**
     * An empty range says where a variable is before the next statement of the same instruction. The first range at an
     * address is of the first of these statements.
     */
    private static boolean isAt(Ranges.Range range, long address) {
        return range.holds(address) || range.from() == address && range.to() == address;
    }

    private static Found expression(Bytes section, Cursor cursor, long length) {
        int from = cursor.at();
        cursor.skip(length);
        return new Found(section, from, cursor.at(), false);
    }
}
