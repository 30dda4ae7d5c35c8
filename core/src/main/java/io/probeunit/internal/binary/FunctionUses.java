package io.probeunit.internal.binary;

import io.probeunit.internal.names.CxxParameters;
import io.probeunit.internal.names.CxxParser;
import io.probeunit.internal.names.FunctionNames;
import io.probeunit.internal.plan.Capture;
import io.probeunit.internal.plan.CaptureSource;
import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.plan.ValueType;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Decides which captures and conditions are possible for the functions of one file, by their language and compiler. */
final class FunctionUses {

    private final Origin origin;
    private final Languages languages;
    private final StackSwitches stacks;

    FunctionUses(BinaryFile file, Origin origin) {
        this.origin = origin;
        languages = new Languages(origin, file.functions(), file.imports());
        stacks = new StackSwitches(file);
    }

    /** Something cannot be asked. */
    private static final class No extends RuntimeException {
        private static final long serialVersionUID = 1L;

        No(String message) {
            super(message, null, false, false);
        }
    }

    FunctionUse of(List<FunctionSymbol> sites, boolean onReturn, List<Capture> captures, FunctionCode code) {
        List<Capture> values = captures.stream()
                .filter(capture -> !(capture.source() instanceof CaptureSource.Variable)
                        && !(capture.source() instanceof CaptureSource.Took))
                .toList();
        Set<String> notes = new LinkedHashSet<>();
        Set<Doubt> doubts = new LinkedHashSet<>();
        try {
            if (onReturn) {
                sites.forEach(this::refuseReturn);
                notes.addAll(returning(sites.get(0).sourceName()));
            }
            if (values.isEmpty()) {
                return new FunctionUse.Possible(List.copyOf(notes), List.of(), Map.of());
            }
            sites.forEach(site -> refuseValues(site, values.get(0)));
            Map<Integer, Integer> registers = registers(sites, values);
            for (FunctionSymbol site : sites) {
                doubt(site, onReturn, values, code).ifPresent(reason -> {
                    notes.add("Values of %s may not be those of the source: %s.".formatted(site.signature(), reason));
                    doubts.add(valuesOf(site, reason));
                });
            }
            if (doubts.isEmpty()) {
                notes.add(told(sites.get(0), values.get(0), onReturn));
            }
            return new FunctionUse.Possible(List.copyOf(notes), List.copyOf(doubts), registers);
        } catch (No no) {
            return new FunctionUse.Refused(no.getMessage());
        }
    }

    List<Doubt> ofUnused(List<FunctionSymbol> sites, List<Integer> arguments, FunctionCode code) {
        return sites.stream()
                .filter(site -> origin.mayLeaveOutArguments())
                .flatMap(site -> code
                        .values(site)
                        .map(ShownByCode::new)
                        .flatMap(shown -> shown.againstUnused(arguments))
                        .map(reason -> valuesOf(site, reason))
                        .stream())
                .toList();
    }

    private static Doubt valuesOf(FunctionSymbol site, String reason) {
        return Doubt.values("the values of %s may not be those of the source: %s".formatted(site.signature(), reason));
    }

    private void refuseReturn(FunctionSymbol site) {
        languages.of(site).againstReturns().ifPresent(why -> {
            throw new No(
                    "The return of %s cannot be probed, %s. Probe the entry, or a function that is called afterwards (PU0706)."
                            .formatted(site.signature(), why));
        });
        stacks.switching().ifPresent(name -> {
            throw new No(
                    "The return of %s cannot be probed, since its program switches stacks (the file has %s) (PU0707): of two calls on different stacks the one that returns first would return to the other's caller. Probe the entry, or a function that is called afterwards."
                            .formatted(site.signature(), name));
        });
    }

    private List<String> returning(String name) {
        Optional<String> unwinding = stacks.unwinding()
                .map(by ->
                        "The return of %s is probed, and its program has exceptions or panics (%s): one that passes through %1$s while a window is open ends the program, since the unwinder does not know the return probe. If that can happen, probe the entry."
                                .formatted(name, by));
        Optional<String> alternate = Optional.of(name)
                .filter(n -> stacks.alternate())
                .map(n ->
                        "The return of %s is probed, and its program has its own stack for signal handlers: a call of %1$s in a handler may end the program. If that can happen, probe the entry."
                                .formatted(n));
        return List.of(unwinding, alternate).stream().flatMap(Optional::stream).toList();
    }

    private void refuseValues(FunctionSymbol site, Capture value) {
        if (FunctionNames.isReshaped(site.name())) {
            throw new No(
                    "%s of %s cannot be read: the compiler made %s of it, a clone whose parameters and return value may differ from the source (PU0708). Count its calls without captures and conditions, build it without optimisation or with __attribute__((noipa)), or probe a function that it calls."
                            .formatted(value.key(), site.baseName(), site.name()));
        }
        languages.of(site).againstValues().ifPresent(why -> {
            throw new No(
                    "%s of %s cannot be read: %s. Count its calls without captures and conditions, or probe a mark or a function of C that it calls (PU0709)."
                            .formatted(value.key(), site.signature(), why));
        });
    }

    private Optional<String> doubt(FunctionSymbol site, boolean onReturn, List<Capture> values, FunctionCode code) {
        Language language = languages.of(site);
        Optional<String> reshaped = Optional.of(
                        "it is visible only in its source file (static), and Clang may remove parameters and the return value of such a function and keep its name; call it from other files, give it __attribute__((optnone)), or build it without optimisation")
                .filter(reason -> origin.mayBeReshaped(site) && !code.beginsUnoptimised(site));
        Optional<String> member = Optional.of(
                        "its name does not show whether it is a member function, whose first argument is \"this\"; probe a function outside of classes and namespaces, or count its calls without conditions")
                .filter(reason -> language == Language.CXX && !onReturn && isScoped(site));
        return language.doubtOfValues()
                .or(() -> reshaped)
                .or(() -> member)
                .or(() -> code.values(site)
                        .map(ShownByCode::new)
                        .flatMap(shown ->
                                onReturn ? shown.againstReturn(values) : shown(shown, site, language, values)));
    }

    private Optional<String> shown(ShownByCode shown, FunctionSymbol site, Language language, List<Capture> values) {
        List<Integer> asked =
                arguments(values).map(argument -> register(site, argument)).toList();
        Optional<String> shifted = language == Language.CXX
                ? shown.againstArgumentsOfCxx(parameters(site))
                : shown.againstArgumentsOfC(asked);
        return shifted.or(() -> origin.mayLeaveOutArguments() ? shown.againstUnused(asked) : Optional.empty());
    }

    private static Stream<CaptureSource.Argument> arguments(List<Capture> values) {
        return values.stream()
                .map(Capture::source)
                .filter(CaptureSource.Argument.class::isInstance)
                .map(CaptureSource.Argument.class::cast);
    }

    private static boolean isScoped(FunctionSymbol site) {
        return site.baseName().startsWith("_ZN");
    }

    /** Those of all sites, which must agree: an argument is read in one way at one point. */
    private Map<Integer, Integer> registers(List<FunctionSymbol> sites, List<Capture> values) {
        Map<Integer, Integer> all = new HashMap<>();
        for (Capture value : values) {
            if (!(value.source() instanceof CaptureSource.Argument argument)) {
                continue;
            }
            Set<Integer> found = new LinkedHashSet<>();
            sites.forEach(site -> {
                refuseWidth(site, argument, value);
                found.add(register(site, argument));
            });
            if (found.size() > 1) {
                throw new No(
                        "%s is in different registers in %s and other functions of that name (PU0710). Name one of them with its parameters."
                                .formatted(argument.key(), sites.get(0).signature()));
            }
            int register = found.iterator().next();
            if (register != argument.number()) {
                all.put(argument.number(), register);
            }
        }
        return all;
    }

    /** As far as its name tells them. */
    private Optional<CxxParameters> parameters(FunctionSymbol site) {
        return languages.of(site) == Language.CXX && !isScoped(site)
                ? CxxParser.read(site.baseName())
                        .filter(function -> !function.suffix().isEmpty())
                        .map(function -> CxxParameters.of(function.suffix()))
                : Optional.empty();
    }

    private void refuseWidth(FunctionSymbol site, CaptureSource.Argument argument, Capture value) {
        boolean wide = value.type()
                .filter(type -> type == ValueType.S64 || type == ValueType.U64)
                .isPresent();
        parameters(site)
                .map(known -> known.narrow().get(argument.number()))
                .filter(type -> wide)
                .ifPresent(type -> {
                    throw new No(
                            "%s of %s is of type %s, and the rest of its register may hold anything (PU0722): write %s:s32, or another type of at most 32 bits."
                                    .formatted(argument.key(), site.signature(), type, argument.key()));
                });
    }

    private int register(FunctionSymbol site, CaptureSource.Argument argument) {
        Optional<CxxParameters> read = parameters(site);
        if (read.isEmpty()) {
            return argument.number();
        }
        CxxParameters parameters = read.get();
        int number = argument.number();
        if (number > parameters.count()) {
            throw new No("%s does not exist: the number of parameters of %s is %d (PU0711)."
                    .formatted(argument.key(), site.signature(), parameters.count()));
        }
        String elsewhere = parameters.elsewhere().getOrDefault(number, "");
        if (!elsewhere.isEmpty()) {
            throw new No(
                    "%s of %s cannot be read: it is %s, and only the registers for integers and pointers are read (PU0712)."
                            .formatted(argument.key(), site.signature(), elsewhere));
        }
        if (!parameters.registers().containsKey(number)) {
            throw new No(
                    "%s of %s cannot be read: it is, or comes after, a parameter of a class or an enumeration by value, and the function's name does not show in which registers that parameter is (PU0713). Pass a pointer or a reference, or count its calls without conditions."
                            .formatted(argument.key(), site.signature()));
        }
        return parameters.registers().get(number);
    }

    private String told(FunctionSymbol site, Capture value, boolean onReturn) {
        if (languages.of(site) == Language.CXX && !onReturn) {
            return "%s of %s is read by the types in its name, which do not show whether a large structure is returned: that would shift the numbers."
                    .formatted(value.key(), site.signature());
        }
        return onReturn
                ? "What %s returns is read from the register for integers and pointers; the file does not show whether it returns one."
                        .formatted(site.signature())
                : "%s of %s is read by the convention for integers and pointers, in the order of the source: the file does not show whether an earlier parameter is a floating-point number, a structure or a number of 128 bits, or whether a large structure is returned, which would shift the numbers."
                        .formatted(value.key(), site.signature());
    }
}
