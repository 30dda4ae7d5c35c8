package io.probeunit.internal.dwarf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the parameters of a function that has code, and where they are as it is entered. */
final class Parameters {

    private static final int NORMAL_CALLS = 1;

    private static final List<Long> C_LIKE =
            List.of(0x01L, 0x02L, 0x04L, 0x0cL, 0x1aL, 0x1dL, 0x21L, 0x2aL, 0x2bL, 0x2cL);

    private static final EntryPlace AWAY = new EntryPlace.Nowhere("the compiler optimised it away");
    static final EntryPlace UNKNOWN = new EntryPlace.Nowhere(
            "the debug information says where it is only from a later instruction on, and the calling convention does not show it here");

    private final Die function;
    private final long entry;
    private final Convention convention;

    private Parameters(Die function, long entry, Convention convention) {
        this.function = function;
        this.entry = entry;
        this.convention = convention;
    }

    static FunctionInfo read(Die function, long entry, Convention convention) {
        return new Parameters(function, entry, convention).info();
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
            DebugType type = Types.of(one);
            Optional<Die> here = all == concrete ? Optional.of(one) : instance(concrete, one);
            before.add(type);
            parameters.add(new FunctionInfo.Parameter(
                    one.name().orElse(""),
                    type,
                    here.map(die -> place(die, before, returns)).orElse(AWAY)));
        }
        return new FunctionInfo(function.name().orElse(""), parameters, returns, isComplete(source, all));
    }

    private static List<Die> parameters(Die function) {
        return function.children().stream()
                .filter(child -> child.tag() == Dw.TAG_FORMAL_PARAMETER)
                .toList();
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
        long language = language();
        return language == 0x01 || language == 0x02 || language == 0x0c || language == 0x1d || language == 0x2c;
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
                .or(() -> byConvention(upToIt, returns))
                .orElse(UNKNOWN);
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
        if (!keeps
                || !C_LIKE.contains(language())
                || isClass(returns)
                || upToIt.stream().anyMatch(Parameters::isClass)) {
            return Optional.empty();
        }
        long integers = upToIt.stream()
                .filter(type -> !(type instanceof DebugType.Floating))
                .count();
        return upToIt.get(upToIt.size() - 1) instanceof DebugType.Floating
                ? Optional.of(new EntryPlace.Nowhere("it is in a register for floating-point numbers"))
                : integers <= convention.integers().size()
                        ? Optional.of(
                                new EntryPlace.Register(convention.integers().get((int) integers - 1)))
                        : Optional.empty();
    }

    private static boolean isClass(DebugType type) {
        return type instanceof DebugType.Structure
                || type instanceof DebugType.Array
                || type instanceof DebugType.Other
                || type instanceof DebugType.Floating floating && floating.size() > Long.BYTES;
    }
}
