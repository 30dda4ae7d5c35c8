package io.probeunit.internal.dwarf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Lists of ranges of addresses; DWARF 4, section 2.17.3, and DWARF 5, section 7.25. */
final class Ranges {

    private static final int MOST = 1 << 16;
    private static final long BASE = -1;

    private Ranges() {}

    /**
     * A range.
     *
     * @param from the first address
     * @param to the address behind it
     */
    record Range(long from, long to) {
        boolean holds(long address) {
            return Long.compareUnsigned(address, from) >= 0 && Long.compareUnsigned(address, to) < 0;
        }
    }

    /** The addresses of an entry; none if it has none. */
    static List<Range> of(Die die) {
        Optional<Value> list = die.get(Dw.AT_RANGES);
        if (list.isPresent()) {
            return read(die.unit(), list.get());
        }
        Optional<Value> low = die.get(Dw.AT_LOW_PC);
        Optional<Value> high = die.get(Dw.AT_HIGH_PC);
        if (low.isEmpty()) {
            return List.of();
        }
        long from = die.unit().file().address(die.unit(), low.get());
        long to = high.map(value -> value.isConstant()
                        ? from + value.number()
                        : die.unit().file().address(die.unit(), value))
                .orElse(from + 1);
        return List.of(new Range(from, to));
    }

    /** The address at which code is entered: DWARF 5, section 2.18. */
    static OptionalLong entry(Die die) {
        Optional<Value> entry = die.get(Dw.AT_ENTRY_PC);
        if (entry.isPresent() && !entry.get().isConstant()) {
            return OptionalLong.of(die.unit().file().address(die.unit(), entry.get()));
        }
        Optional<Value> low = die.get(Dw.AT_LOW_PC);
        OptionalLong begin = low.isPresent()
                ? OptionalLong.of(die.unit().file().address(die.unit(), low.get()))
                : die.get(Dw.AT_RANGES).isPresent()
                        ? of(die).stream().mapToLong(Range::from).findFirst()
                        : OptionalLong.empty();
        return begin.isPresent() && entry.isPresent()
                ? OptionalLong.of(begin.getAsLong() + entry.get().number())
                : begin;
    }

    private static List<Range> read(Unit unit, Value value) {
        long base = unit.top()
                .get(Dw.AT_LOW_PC)
                .map(low -> unit.file().address(unit, low))
                .orElse(0L);
        return unit.isVersion5() ? lists(unit, value, base) : pairs(unit, value, base);
    }

    private static List<Range> pairs(Unit unit, Value value, long begin) {
        Bytes section = unit.file().bytes(".debug_ranges");
        Cursor cursor = new Cursor(section, section.place(value.number()));
        List<Range> ranges = new ArrayList<>();
        long base = begin;
        while (true) {
            long from = cursor.u64();
            long to = cursor.u64();
            if (from == 0 && to == 0) {
                return ranges;
            }
            if (from == BASE) {
                base = to;
            } else {
                add(ranges, base + from, base + to, section);
            }
        }
    }

    private static List<Range> lists(Unit unit, Value value, long begin) {
        Bytes section = unit.file().bytes(".debug_rnglists");
        Cursor cursor = new Cursor(section, section.place(place(unit, section, value)));
        Sections file = unit.file();
        List<Range> ranges = new ArrayList<>();
        long base = begin;
        while (true) {
            int kind = cursor.u8();
            switch (kind) {
                case 0 -> {
                    return ranges;
                }
                case 1 -> base = file.indexedAddress(unit, cursor.uleb());
                case 2 ->
                    add(
                            ranges,
                            file.indexedAddress(unit, cursor.uleb()),
                            file.indexedAddress(unit, cursor.uleb()),
                            section);
                case 3 -> {
                    long from = file.indexedAddress(unit, cursor.uleb());
                    add(ranges, from, from + cursor.uleb(), section);
                }
                case 4 -> add(ranges, base + cursor.uleb(), base + cursor.uleb(), section);
                case 5 -> base = cursor.u64();
                case 6 -> add(ranges, cursor.u64(), cursor.u64(), section);
                case 7 -> {
                    long from = cursor.u64();
                    add(ranges, from, from + cursor.uleb(), section);
                }
                default -> throw section.damaged("unknown range 0x%x, 0x%x".formatted(kind, cursor.at() - 1));
            }
        }
    }

    /** Of a list that is named by its number. */
    static long place(Unit unit, Bytes section, Value value) {
        if (value.form() != Dw.FORM_RNGLISTX && value.form() != Dw.FORM_LOCLISTX) {
            return value.number();
        }
        int size = unit.header().offsetSize();
        long base = unit.base(
                value.form() == Dw.FORM_RNGLISTX ? Dw.AT_RNGLISTS_BASE : Dw.AT_LOCLISTS_BASE, size == 4 ? 12 : 20);
        if (value.number() < 0 || value.number() > section.end()) {
            throw section.damaged("list %s".formatted(Long.toUnsignedString(value.number())));
        }
        return base + new Cursor(section, section.place(base + value.number() * size)).unsigned(size);
    }

    private static void add(List<Range> ranges, long from, long to, Bytes section) {
        if (ranges.size() == MOST) {
            throw section.damaged("more than %d ranges".formatted(MOST));
        }
        if (Long.compareUnsigned(from, to) < 0) {
            ranges.add(new Range(from, to));
        }
    }
}
