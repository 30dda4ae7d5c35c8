package io.probeunit.internal.engine;

import io.probeunit.ProbeException;
import io.probeunit.internal.binary.BinaryFile;
import io.probeunit.internal.binary.FunctionSymbol;
import io.probeunit.internal.binary.Operand;
import io.probeunit.internal.binary.OperandLocation;
import io.probeunit.internal.dwarf.Convention;
import io.probeunit.internal.dwarf.DebugInformation;
import io.probeunit.internal.dwarf.DwarfException;
import io.probeunit.internal.dwarf.EntryPlace;
import io.probeunit.internal.dwarf.EntryValue;
import io.probeunit.internal.dwarf.FunctionInfo;
import io.probeunit.internal.plan.Capture;
import io.probeunit.internal.plan.CaptureSource;
import io.probeunit.internal.plan.Condition;
import io.probeunit.internal.plan.NearestNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * The captures of a function that its debug information explains.
 *
 * @param operands where these values are, and of which type
 * @param others captures that are read by the convention of calls, whatever debug information says
 * @param arguments the registers for integers and pointers in which arguments are, counted from 1
 * @param unknown why no more is known, a sentence; empty text if all is known
 */
record DeclaredValues(
        Map<CaptureSource, Operand> operands, List<Capture> others, List<Integer> arguments, String unknown) {

    private static final int NEAREST = 5;
    private static final int MOST_GENERAL_X86 = 15;
    private static final int MOST_GENERAL_ARM = 31;

    DeclaredValues {
        operands = Map.copyOf(operands);
        others = List.copyOf(others);
        arguments = List.copyOf(arguments);
    }

    /**
     * Looks the values up.
     *
     * @throws ProbeException if one of them is named and not there, or cannot be read
     */
    static DeclaredValues of(BinaryFile file, List<FunctionSymbol> sites, boolean onReturn, List<Capture> captures) {
        List<Capture> values = captures.stream()
                .filter(capture -> !(capture.source() instanceof CaptureSource.Took))
                .toList();
        return values.isEmpty()
                ? new DeclaredValues(Map.of(), captures, List.of(), "")
                : new Lookup(file, sites, onReturn).of(values);
    }

    /**
     * Refuses comparisons with numbers of which nobody says how many bits count.
     *
     * @throws ProbeException with advice
     */
    void check(List<IntegerFilter> filters) {
        filters.stream()
                .flatMap(filter -> filter.conditions().stream())
                .filter(Condition::needsDeclaredType)
                .filter(condition -> !operands.containsKey(condition.value().source()))
                .findFirst()
                .ifPresent(condition -> {
                    throw new ProbeException(condition.withoutDeclaredType(unknown));
                });
    }

    private static final class Lookup {

        private final BinaryFile file;
        private final List<FunctionSymbol> sites;
        private final boolean onReturn;
        private final Map<CaptureSource, Operand> operands = new LinkedHashMap<>();
        private final List<Capture> others = new ArrayList<>();
        private final List<Integer> arguments = new ArrayList<>();
        private final List<FunctionInfo> functions = new ArrayList<>();

        Lookup(BinaryFile file, List<FunctionSymbol> sites, boolean onReturn) {
            this.file = file;
            this.sites = sites;
            this.onReturn = onReturn;
        }

        DeclaredValues of(List<Capture> captures) {
            Optional<DebugInformation> information = file.debugInformation();
            String unknown = information.isEmpty()
                    ? "%s has no debug information, which would give it.".formatted(file.path())
                    : readFunctions(information.get());
            for (Capture capture : captures) {
                if (!unknown.isEmpty()) {
                    refuseName(capture, unknown);
                    others.add(capture);
                } else {
                    add(information.orElseThrow(), capture);
                }
            }
            return new DeclaredValues(
                    operands,
                    others,
                    arguments,
                    unknown.isEmpty() ? "The debug information does not give it." : unknown);
        }

        /** Why not all are known; empty text if they are. */
        private String readFunctions(DebugInformation information) {
            try {
                for (FunctionSymbol site : sites) {
                    Optional<FunctionInfo> function = information.function(site.address());
                    if (function.isEmpty()) {
                        return "The debug information of %s does not describe %s."
                                .formatted(information.path(), site.signature());
                    }
                    functions.add(function.get());
                }
                return "";
            } catch (DwarfException damaged) {
                return String.valueOf(damaged.getMessage());
            }
        }

        private void refuseName(Capture capture, String why) {
            if (capture.source() instanceof CaptureSource.Variable) {
                throw new ProbeException("%s of %s cannot be found by its name (PU1605). %s"
                        .formatted(capture.key(), name(), why.replace(", which would give it", "")));
            }
        }

        private String name() {
            return sites.get(0).signature();
        }

        private void add(DebugInformation information, Capture capture) {
            try {
                if (capture.source() instanceof CaptureSource.Variable variable) {
                    if (onReturn) {
                        throw new ProbeException(
                                "%s is captured at the return of %s (PU1606); a parameter is in its place only as the function is entered. Capture it without onReturn."
                                        .formatted(capture.key(), name()));
                    }
                    addOperand(capture, (function, site) -> information.value(function, variable.path()));
                } else if (capture.source() instanceof CaptureSource.ReturnValue) {
                    addOperand(capture, (function, site) -> information.returned(function));
                    others.add(capture);
                } else if (capture.source() instanceof CaptureSource.Argument argument) {
                    addArgument(information, capture, argument);
                }
            } catch (DwarfException damaged) {
                throw new ProbeException(String.valueOf(damaged.getMessage()), damaged);
            }
        }

        private void addArgument(DebugInformation information, Capture capture, CaptureSource.Argument argument) {
            int number = argument.number();
            for (FunctionInfo function : functions) {
                int count = function.parameters().size();
                if (number > count && function.complete()) {
                    throw new ProbeException("%s does not exist: the number of parameters of %s is %d (PU0711)."
                            .formatted(argument.key(), name(), count));
                }
                if (number > count
                        || function.parameters().get(number - 1).place().equals(EntryPlace.Nowhere.LATER)) {
                    others.add(capture);
                    return;
                }
            }
            addOperand(
                    capture,
                    (function, site) -> information.value(function.parameters().get(number - 1)));
        }

        private void addOperand(Capture capture, BiFunction<FunctionInfo, FunctionSymbol, EntryValue> value) {
            List<Operand> found = new ArrayList<>();
            for (int i = 0; i < sites.size(); i++) {
                found.add(operand(capture, sites.get(i), value.apply(functions.get(i), sites.get(i))));
            }
            if (found.stream().distinct().count() > 1) {
                throw new ProbeException(
                        "%s is in different places, or of different types, in the functions that are named %s (PU1609). Name one of them, with its parameters or its suffix."
                                .formatted(capture.key(), name()));
            }
            operands.put(capture.source(), found.get(0));
            if (!onReturn && found.get(0).location() instanceof OperandLocation.Register register) {
                argumentRegister(register.dwarfNumber()).ifPresent(arguments::add);
            }
        }

        private OptionalInt argumentRegister(int number) {
            int index = convention().integers().indexOf(number);
            return index < 0 ? OptionalInt.empty() : OptionalInt.of(index + 1);
        }

        private Convention convention() {
            return switch (file.architecture()) {
                case AARCH64 -> Convention.AARCH64;
                case X86_64, OTHER -> Convention.X86_64;
            };
        }

        private Operand operand(Capture capture, FunctionSymbol site, EntryValue value) {
            if (value instanceof EntryValue.Readable readable) {
                if (capture.isString() && !readable.address()) {
                    throw new ProbeException("%s of %s is of type %s, which is no address of text (PU1608)."
                            .formatted(capture.key(), site.signature(), readable.type()));
                }
                return operand(capture, site, readable);
            }
            if (value instanceof EntryValue.Missing missing) {
                throw new ProbeException(missing(missing));
            }
            throw refused(capture, site, ((EntryValue.Refused) value).reason());
        }

        private static String missing(EntryValue.Missing missing) {
            List<String> nearest = NearestNames.to(missing.name(), missing.names(), NEAREST);
            List<String> shown = Stream.concat(nearest.stream(), missing.names().stream())
                    .distinct()
                    .limit(NEAREST)
                    .toList();
            return "%s has no %s (PU1607). %s"
                    .formatted(
                            missing.in(),
                            missing.name(),
                            shown.isEmpty()
                                    ? "It has nothing of that kind."
                                    : "Nearest: %s.".formatted(String.join(", ", shown)));
        }

        private static ProbeException refused(Capture capture, FunctionSymbol site, String reason) {
            return new ProbeException(
                    "%s of %s cannot be read: %s (PU1610).".formatted(capture.key(), site.signature(), reason));
        }

        private Operand operand(Capture capture, FunctionSymbol site, EntryValue.Readable value) {
            String text = "%s %s".formatted(value.type(), capture.key());
            if (value.place() instanceof EntryPlace.Register register) {
                return new Operand(
                        value.size(),
                        value.signed(),
                        new OperandLocation.Register(general(capture, site, register.number()), 0),
                        text);
            }
            if (value.place() instanceof EntryPlace.Memory memory) {
                return new Operand(
                        value.size(),
                        value.signed(),
                        new OperandLocation.Memory(
                                OptionalInt.of(general(capture, site, memory.base())),
                                OptionalInt.empty(),
                                1,
                                memory.offset(),
                                Optional.empty()),
                        text);
            }
            long constant = ((EntryPlace.Constant) value.place()).value();
            int unused = Long.SIZE - value.size() * Byte.SIZE;
            long cut = value.signed() ? constant << unused >> unused : constant << unused >>> unused;
            return new Operand(value.size(), value.signed(), new OperandLocation.Constant(cut), text);
        }

        private int general(Capture capture, FunctionSymbol site, int register) {
            int most = convention() == Convention.AARCH64 ? MOST_GENERAL_ARM : MOST_GENERAL_X86;
            if (register < 0 || register > most) {
                throw refused(capture, site, "it is not in a general register");
            }
            return register;
        }
    }
}
