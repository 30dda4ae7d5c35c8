package io.probeunit.internal.dwarf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the parameters of a function that has code, and where they are as it is entered. */
final class Parameters {

    private static final int NORMAL_CALLS = 1;

    private static final List<Long> C = List.of(0x01L, 0x02L, 0x0cL, 0x1dL, 0x2cL, 0x3eL);
    private static final List<Long> CXX = List.of(0x04L, 0x1aL, 0x21L, 0x2aL, 0x2bL, 0x3aL);
    private static final long RUST = 0x1c;

    private static final EntryPlace AWAY = new EntryPlace.Nowhere("the compiler optimised it away");

    private final Die function;
    private final long entry;
    private final Convention convention;

    /** Whether all before are where the convention puts them; a compiler may leave out some in functions of one file. */
    private boolean usual = true;

    private Parameters(Die function, long entry, Convention convention) {
        this.function = function;
        this.entry = entry;
        this.convention = convention;
    }

    /** Empty for languages that may say something else by the place of a parameter. */
    static Optional<FunctionInfo> read(Die function, long entry, Convention convention) {
        Parameters parameters = new Parameters(function, entry, convention);
        return parameters.isC() || parameters.isCxx() || parameters.language() == RUST
                ? Optional.of(parameters.info())
                : Optional.empty();
    }

    private FunctionInfo info() {
        Die source = function.source();
        List<Die> concrete = parameters(function);
        // an instance may lack some, and have others that the compiler made
        List<Die> all = source.isSame(function) ? concrete : parameters(source);
        List<FunctionInfo.Parameter> parameters = new ArrayList<>();
        List<DebugType> before = new ArrayList<>();
        DebugType returns = Types.of(function);
        for (Die one : all) {
            Optional<Die> here = all == concrete ? Optional.of(one) : instance(concrete, one);
            boolean somewhere = here.filter(Parameters::isSomewhere).isPresent();
            if (!somewhere && one.flag(Dw.AT_ARTIFICIAL)) {
                // such as __in_chrg of constructors, which only says which kind of constructor it is
                continue;
            }
            DebugType type = Types.of(one);
            before.add(type);
            EntryPlace place = here.map(die -> place(die, before, returns)).orElse(AWAY);
            usual &= isUsual(place, before);
            parameters.add(new FunctionInfo.Parameter(one.name().orElse(""), type, place));
        }
        return new FunctionInfo(function.name().orElse(""), parameters, returns, isComplete(source, all));
    }

    private static List<Die> parameters(Die function) {
        return function.children().stream()
                .filter(child -> child.tag() == Dw.TAG_FORMAL_PARAMETER)
                .toList();
    }

    private boolean isUsual(EntryPlace place, List<DebugType> upToIt) {
        if (upToIt.get(upToIt.size() - 1) instanceof DebugType.Floating) {
            return !(place instanceof EntryPlace.Constant) && !place.equals(AWAY);
        }
        int number = (int) integers(upToIt);
        return number <= convention.integers().size()
                ? place.equals(new EntryPlace.Register(convention.integers().get(number - 1)))
                : place instanceof EntryPlace.Memory;
    }

    private static long integers(List<DebugType> types) {
        return types.stream()
                .filter(type -> !(type instanceof DebugType.Floating))
                .count();
    }

    private static boolean isSomewhere(Die parameter) {
        return parameter.get(Dw.AT_LOCATION).isPresent()
                || parameter.get(Dw.AT_CONST_VALUE).isPresent();
    }

    private static Optional<Die> instance(List<Die> concrete, Die declared) {
        return concrete.stream().filter(die -> die.source().isSame(declared)).findFirst();
    }

    /** In C before 2023, {@code ()} says nothing of parameters. */
    private boolean isComplete(Die source, List<Die> parameters) {
        boolean variable = source.children().stream().anyMatch(child -> child.tag() == Dw.TAG_UNSPECIFIED_PARAMETERS);
        return !variable && (!parameters.isEmpty() || function.flag(Dw.AT_PROTOTYPED) || !isC());
    }

    private boolean isC() {
        return C.contains(language());
    }

    private boolean isCxx() {
        return CXX.contains(language());
    }

    private long language() {
        return function.unit().top().number(Dw.AT_LANGUAGE).orElse(0);
    }

    private EntryPlace place(Die parameter, List<DebugType> upToIt, DebugType returns) {
        Optional<Value> location = parameter.get(Dw.AT_LOCATION);
        if (location.isEmpty()) {
            return parameter.get(Dw.AT_CONST_VALUE).map(Parameters::constant).orElse(AWAY);
        }
        Optional<Locations.Found> found = Locations.at(parameter.unit(), location.get(), entry);
        if (found.isEmpty()) {
            return AWAY;
        }
        return new EntryExpression(convention, frameIsCallers())
                .place(found.get())
                .filter(place -> !isHome(place, found.get(), upToIt))
                .or(() -> byConvention(upToIt, returns))
                .orElse(EntryPlace.Nowhere.LATER);
    }

    /** Some conventions leave room in the caller's frame for arguments in registers, which the function stores there. */
    private boolean isHome(EntryPlace place, Locations.Found found, List<DebugType> upToIt) {
        return place instanceof EntryPlace.Memory
                && found.everywhere()
                && upToIt.size() <= convention.integers().size()
                && upToIt.stream().noneMatch(Parameters::isClass);
    }

    private static EntryPlace constant(Value value) {
        return value.isConstant()
                ? new EntryPlace.Constant(value.number())
                : new EntryPlace.Nowhere("it is a constant that is no number");
    }

    private boolean frameIsCallers() {
        return function.get(Dw.AT_FRAME_BASE)
                .flatMap(base -> Locations.at(function.unit(), base, entry))
                .filter(EntryExpression::isCallersFrame)
                .isPresent();
    }

    /**
     * Code that is not optimised stores its arguments first. Until then they are where the caller puts them, as long as all
     * before them are numbers and addresses.
     */
    private Optional<EntryPlace> byConvention(List<DebugType> upToIt, DebugType returns) {
        boolean keeps = function.find(Dw.AT_CALLING_CONVENTION)
                .map(found -> found.value().number() == NORMAL_CALLS)
                .orElse(true);
        if (!usual
                || !keeps
                || !isC() && !isCxx()
                || !keepsConvention()
                || isClass(returns)
                || upToIt.stream().anyMatch(Parameters::isClass)) {
            return Optional.empty();
        }
        long integers = integers(upToIt);
        return upToIt.get(upToIt.size() - 1) instanceof DebugType.Floating
                ? Optional.of(new EntryPlace.Nowhere("it is in a register for floating-point numbers"))
                : integers <= convention.integers().size()
                        ? Optional.of(
                                new EntryPlace.Register(convention.integers().get((int) integers - 1)))
                        : Optional.empty();
    }

    /** Clang may change the parameters of a function that only its source file sees, and does not always say so. */
    private boolean keepsConvention() {
        return function.flag(Dw.AT_EXTERNAL)
                || function.unit()
                        .top()
                        .find(Dw.AT_PRODUCER)
                        .filter(producer -> producer.text().startsWith("GNU "))
                        .isPresent();
    }

    private static boolean isClass(DebugType type) {
        return type instanceof DebugType.Structure
                || type instanceof DebugType.Array
                || type instanceof DebugType.Other
                || type instanceof DebugType.Floating floating && floating.size() > Long.BYTES;
    }
}
