package io.probeunit.binary;

import io.probeunit.plan.Capture;
import io.probeunit.plan.CaptureSource;
import io.probeunit.plan.Doubt;
import io.probeunit.plan.ValueType;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Decides what may be asked of the functions of one file, by who made them. */
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
                .filter(capture -> !(capture.source() instanceof CaptureSource.Variable))
                .toList();
        Set<String> cautions = new LinkedHashSet<>();
        Set<Doubt> doubts = new LinkedHashSet<>();
        try {
            if (onReturn) {
                sites.forEach(this::refuseReturn);
                cautions.addAll(returning(sites.get(0).sourceName()));
            }
            if (values.isEmpty()) {
                return new FunctionUse.Possible(List.copyOf(cautions), List.of(), Map.of());
            }
            sites.forEach(site -> refuseValues(site, values.get(0)));
            Map<Integer, Integer> registers = registers(sites, values);
            for (FunctionSymbol site : sites) {
                doubt(site, onReturn, values, code).ifPresent(reason -> {
                    cautions.add(
                            "Values of %s may not be those of the source: %s.".formatted(site.signature(), reason));
                    doubts.add(Doubt.values(
                            "the values of %s may not be those of the source: %s".formatted(site.signature(), reason)));
                });
            }
            if (doubts.isEmpty()) {
                cautions.add(told(sites.get(0), values.get(0), onReturn));
            }
            return new FunctionUse.Possible(List.copyOf(cautions), List.copyOf(doubts), registers);
        } catch (No no) {
            return new FunctionUse.Refused(no.getMessage());
        }
    }

    private void refuseReturn(FunctionSymbol site) {
        languages.of(site).againstReturns().ifPresent(why -> {
            throw new No(
                    "The return of %s cannot be probed, %s. Probe the entry, or a function that is called afterwards."
                            .formatted(site.signature(), why));
        });
        stacks.switching().ifPresent(name -> {
            throw new No(
                    "The return of %s cannot be probed, since its program switches stacks (the file has %s): of two calls on different stacks the one that returns first would return to the other's caller. Probe the entry, or a function that is called afterwards."
                            .formatted(site.signature(), name));
        });
    }

    private List<String> returning(String name) {
        Optional<String> unwinding = stacks.unwinding()
                .map(by ->
                        "The return of %s is probed, and its program has exceptions or panics (%s): one that passes through %1$s while a window is open ends the program, since the unwinder does not know the return probe. Where that can happen, probe the entry."
                                .formatted(name, by));
        Optional<String> alternate = Optional.of(name)
                .filter(n -> stacks.alternate())
                .map(n ->
                        "The return of %s is probed, and its program has a stack of its own for handlers of signals: a call of %1$s in a handler may end the program. Where that can happen, probe the entry."
                                .formatted(n));
        return List.of(unwinding, alternate).stream().flatMap(Optional::stream).toList();
    }

    private void refuseValues(FunctionSymbol site, Capture value) {
        if (FunctionNames.isReshaped(site.name())) {
            throw new No(
                    "%s of %s cannot be read: the compiler made %s of it, a clone that need not have the parameters and the return value of the source. Count its calls without captures and conditions, build it without optimisation or with __attribute__((noipa)), or probe a function that it calls."
                            .formatted(value.key(), site.baseName(), site.name()));
        }
        languages.of(site).againstValues().ifPresent(why -> {
            throw new No(
                    "%s of %s cannot be read: %s. Count its calls without captures and conditions, or probe a mark or a function of C that it calls."
                            .formatted(value.key(), site.signature(), why));
        });
    }

    private Optional<String> doubt(FunctionSymbol site, boolean onReturn, List<Capture> values, FunctionCode code) {
        Language language = languages.of(site);
        Optional<String> reshaped = Optional.of(
                        "it is known in its source file alone (static), and Clang may take parameters and the return value from such a function without giving it another name; let it be called from other files, give it __attribute__((optnone)), or build it without optimisation")
                .filter(reason -> origin.mayBeReshaped(site) && !code.beginsUnoptimised(site));
        Optional<String> member = Optional.of(
                        "its name does not tell whether it is a member function, whose first argument is \"this\"; probe a function that is in no class and no namespace, or count its calls without conditions")
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
                        "%s is in different registers in %s and other functions of that name. Name the one that is meant with its parameters."
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
                            "%s of %s is of type %s, and the rest of its register may hold anything: write %s:s32, or another type of at most 32 bits."
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
            throw new No("%s does not exist: the number of parameters of %s is %d."
                    .formatted(argument.key(), site.signature(), parameters.count()));
        }
        String elsewhere = parameters.elsewhere().getOrDefault(number, "");
        if (!elsewhere.isEmpty()) {
            throw new No(
                    "%s of %s cannot be read: it is %s, and what is read are the registers for integers and pointers."
                            .formatted(argument.key(), site.signature(), elsewhere));
        }
        if (!parameters.registers().containsKey(number)) {
            throw new No(
                    "%s of %s cannot be read: it is, or stands behind, a parameter of a class or an enumeration by value, and its name does not tell in which registers that is. Pass a pointer or a reference, or count its calls without conditions."
                            .formatted(argument.key(), site.signature()));
        }
        return parameters.registers().get(number);
    }

    private String told(FunctionSymbol site, Capture value, boolean onReturn) {
        if (languages.of(site) == Language.CXX && !onReturn) {
            return "%s of %s is read by the types in its name, which do not tell whether a large structure is returned: that would shift the numbers."
                    .formatted(value.key(), site.signature());
        }
        return onReturn
                ? "What %s returns is read from the register for integers and pointers; the file does not tell whether it returns one."
                        .formatted(site.signature())
                : "%s of %s is read by the convention for integers and pointers, in the order of the source: the file does not tell whether one before it is a floating-point number, a structure or a number of 128 bits, or whether a large structure is returned, which would shift the numbers."
                        .formatted(value.key(), site.signature());
    }
}
