package io.probeunit.internal.dwarf;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The sections of one file, and its units as far as they were needed. Not thread-safe. */
final class Sections {

    static final String INFO = ".debug_info";
    static final String TYPES = ".debug_types";

    private static final int MOST_UNITS_KEPT = 32;
    private static final int MOST_SHAPES_KEPT = 64;

    private final DebugFile file;
    private final Map<String, Bytes> sections = new HashMap<>();
    private final Map<Place, Unit> units = kept(MOST_UNITS_KEPT);
    private final Map<Long, Abbreviations> shapes = kept(MOST_SHAPES_KEPT);
    private Optional<UnitList> list = Optional.empty();
    private Optional<Sections> supplementary = Optional.empty();

    Sections(DebugFile file) {
        this.file = file;
    }

    private record Place(String section, int offset) {}

    private static <K, V> Map<K, V> kept(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    String path() {
        return file.path();
    }

    /** The content; empty if there is no such section. */
    Bytes bytes(String name) {
        return sections.computeIfAbsent(
                name,
                n -> file.section(n)
                        .map(section -> Bytes.of(section, file.path()))
                        .orElseGet(() -> Bytes.none(n, file.path())));
    }

    Sections supplementary() {
        if (supplementary.isEmpty()) {
            supplementary = Optional.of(new Sections(file.supplementary()
                    .orElseThrow(() -> new DwarfException(
                            "The debug information of %s needs the file that its .gnu_debugaltlink names (PU1604), and there is none with its build-id. Install the package that the debug file came in as a whole."
                                    .formatted(file.path())))));
        }
        return supplementary.get();
    }

    boolean hasSupplementary() {
        return file.supplementary().isPresent();
    }

    UnitList units() {
        if (list.isEmpty()) {
            list = Optional.of(UnitList.read(this));
        }
        return list.get();
    }

    /** The unit that begins at a place. */
    Unit unit(String section, int offset) {
        Place place = new Place(section, offset);
        Unit known = units.get(place);
        if (known == null) {
            Unit.Header header = Unit.Header.read(bytes(section), offset, section.equals(TYPES));
            known = new Unit(this, header, shapes(header.abbreviations()));
            units.put(place, known);
        }
        return known;
    }

    private Abbreviations shapes(long offset) {
        Abbreviations known = shapes.get(offset);
        if (known == null) {
            known = Abbreviations.read(bytes(".debug_abbrev"), offset);
            shapes.put(offset, known);
        }
        return known;
    }

    /** What an attribute refers to. */
    Die target(Unit unit, Value value) {
        return switch (value.form()) {
            case Dw.FORM_REF1, Dw.FORM_REF2, Dw.FORM_REF4, Dw.FORM_REF8, Dw.FORM_REF_UDATA ->
                unit.die(unit.header().offset() + (value.number() & Integer.MAX_VALUE));
            case Dw.FORM_REF_ADDR -> entry(value.number());
            case Dw.FORM_GNU_REF_ALT, Dw.FORM_REF_SUP4, Dw.FORM_REF_SUP8 ->
                supplementary().entry(value.number());
            case Dw.FORM_REF_SIG8 -> units().type(value.number());
            default ->
                throw unit.header()
                        .damaged("reference form 0x%x, 0x%x"
                                .formatted(value.form(), unit.header().offset()));
        };
    }

    private Die entry(long offset) {
        int place = bytes(INFO).place(offset);
        return unit(INFO, units().unitWith(place)).die(place);
    }

    /** The text of an attribute. */
    String text(Unit unit, Value value) {
        return switch (value.form()) {
            case Dw.FORM_STRING -> unit.header().info().text(value.at());
            case Dw.FORM_STRP -> bytes(".debug_str").text(value.number());
            case Dw.FORM_LINE_STRP -> bytes(".debug_line_str").text(value.number());
            case Dw.FORM_GNU_STRP_ALT, Dw.FORM_STRP_SUP ->
                supplementary().bytes(".debug_str").text(value.number());
            case Dw.FORM_STRX, Dw.FORM_STRX1, Dw.FORM_STRX2, Dw.FORM_STRX3, Dw.FORM_STRX4, Dw.FORM_GNU_STR_INDEX ->
                bytes(".debug_str").text(indexed(unit, value.number()));
            default ->
                throw unit.header()
                        .damaged("text form 0x%x, 0x%x"
                                .formatted(value.form(), unit.header().offset()));
        };
    }

    /** Whether an attribute has a text; cheaper than to read it. */
    boolean hasText(Unit unit, Value value, byte[] text) {
        return switch (value.form()) {
            case Dw.FORM_STRING ->
                value.length() == text.length && unit.header().info().hasText(value.at(), text);
            case Dw.FORM_STRP -> bytes(".debug_str").hasText(value.number(), text);
            case Dw.FORM_GNU_STRP_ALT, Dw.FORM_STRP_SUP ->
                supplementary().bytes(".debug_str").hasText(value.number(), text);
            case Dw.FORM_STRX, Dw.FORM_STRX1, Dw.FORM_STRX2, Dw.FORM_STRX3, Dw.FORM_STRX4, Dw.FORM_GNU_STR_INDEX ->
                bytes(".debug_str").hasText(indexed(unit, value.number()), text);
            default -> false;
        };
    }

    private long indexed(Unit unit, long index) {
        int size = unit.header().offsetSize();
        Bytes offsets = bytes(".debug_str_offsets");
        long base = unit.base(Dw.AT_STR_OFFSETS_BASE, unit.isVersion5() ? 2L * size : 0);
        return new Cursor(offsets, element(offsets, base, index, size)).unsigned(size);
    }

    long address(Unit unit, Value value) {
        return switch (value.form()) {
            case Dw.FORM_ADDR -> value.number();
            case Dw.FORM_ADDRX,
                    Dw.FORM_ADDRX1,
                    Dw.FORM_ADDRX2,
                    Dw.FORM_ADDRX3,
                    Dw.FORM_ADDRX4,
                    Dw.FORM_GNU_ADDR_INDEX -> indexedAddress(unit, value.number());
            default ->
                throw unit.header()
                        .damaged("address form 0x%x, 0x%x"
                                .formatted(value.form(), unit.header().offset()));
        };
    }

    long indexedAddress(Unit unit, long index) {
        Bytes addresses = bytes(".debug_addr");
        long base = unit.base(Dw.AT_ADDR_BASE, unit.isVersion5() ? Long.BYTES : 0);
        return addresses.u64(element(addresses, base, index, Long.BYTES));
    }

    private static int element(Bytes table, long base, long index, int size) {
        if (index < 0 || index > table.end()) {
            throw table.damaged("element %s".formatted(Long.toUnsignedString(index)));
        }
        return table.place(base + index * size);
    }
}
