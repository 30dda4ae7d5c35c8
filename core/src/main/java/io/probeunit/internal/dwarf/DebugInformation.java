package io.probeunit.internal.dwarf;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The debug information of a program or library, read as far as it is asked for. Thread-safe: one question is answered at a
 * time.
 *
 * <p>All methods throw a {@link DwarfException} where what they need is damaged or of a kind that is not read.
 */
public final class DebugInformation {

    private static final int MOST_UNITS_KEPT = 16;

    /** Rax, and x0. */
    private static final int RETURN_VALUE = 0;

    private final Sections file;
    private final Convention convention;
    private final Map<Integer, Map<Long, Integer>> functionsByUnit = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Map<Long, Integer>> eldest) {
            return size() > MOST_UNITS_KEPT;
        }
    };
    private Optional<UnitIndex> index = Optional.empty();

    /**
     * Debug information of which nothing is read yet.
     *
     * @param file that has it
     * @param convention of the instruction set
     */
    public DebugInformation(DebugFile file, Convention convention) {
        this.file = new Sections(file);
        this.convention = convention;
    }

    /**
     * The file that has it.
     *
     * @return its path
     */
    public String path() {
        return file.path();
    }

    /**
     * The function that is entered at an address.
     *
     * @param address of its first instruction, as the file numbers them
     * @return empty if the debug information has none, or one of another language than C, C++ and Rust
     */
    public synchronized Optional<FunctionInfo> function(long address) {
        return entry(address).flatMap(die -> Parameters.read(die, address, convention));
    }

    /**
     * The line of the source from which an instruction was made.
     *
     * @param address of one of its bytes, as the file numbers them
     * @return empty if the debug information has none
     */
    public synchronized Optional<SourceLine> line(long address) {
        OptionalInt place = index().unit(address);
        return place.isEmpty() ? Optional.empty() : LineTable.line(file.unit(Sections.INFO, place.getAsInt()), address);
    }

    /**
     * A value of a parameter, or of what it leads to.
     *
     * @param function that has it
     * @param path a parameter's name, members behind it ({@code order->id}), elements of arrays ({@code list[0]})
     * @return where it is as the function is entered; or why it cannot be read
     */
    public synchronized EntryValue value(FunctionInfo function, String path) {
        return new ValuePath(function, path).value();
    }

    /**
     * A parameter itself.
     *
     * @param parameter of a function
     * @return where it is as the function is entered; or why it cannot be read
     */
    public EntryValue value(FunctionInfo.Parameter parameter) {
        return ValuePath.read(parameter);
    }

    /**
     * What a function returns.
     *
     * @param function that returns
     * @return where it is at that moment; or why it cannot be read
     */
    public EntryValue returned(FunctionInfo function) {
        return ValuePath.read(function.returns(), RETURN_VALUE);
    }

    private Optional<Die> entry(long address) {
        OptionalInt place = index().unit(address);
        if (place.isEmpty()) {
            return Optional.empty();
        }
        Unit unit = file.unit(Sections.INFO, place.getAsInt());
        return unit.isUnderstood()
                ? Optional.ofNullable(functionsByUnit
                                .computeIfAbsent(place.getAsInt(), at -> functions(unit))
                                .get(address))
                        .map(unit::die)
                : Optional.empty();
    }

    private UnitIndex index() {
        if (index.isEmpty()) {
            index = Optional.of(UnitIndex.read(file));
        }
        return index.get();
    }

    private static Map<Long, Integer> functions(Unit unit) {
        Map<Long, Integer> functions = new LinkedHashMap<>();
        DieScan scan = unit.scan();
        while (scan.next()) {
            if (scan.tag() == Dw.TAG_SUBPROGRAM) {
                Die die = scan.die();
                die.entry().ifPresent(entry -> functions.putIfAbsent(entry, die.offset()));
            }
        }
        return functions;
    }
}
