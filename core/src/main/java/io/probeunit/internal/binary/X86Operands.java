package io.probeunit.internal.binary;

import io.probeunit.internal.binary.OperandLocation.Constant;
import io.probeunit.internal.binary.OperandLocation.Memory;
import io.probeunit.internal.binary.OperandLocation.Register;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Operands of x86-64 in AT&amp;T syntax (GNU as manual, "80386 Dependent Features", "Memory References").
 *
 * <p>A variable that the code reaches relative to {@code %rip} is resolved through the symbol table: the assembler's text
 * has a name where the instruction has a number.
 */
final class X86Operands implements OperandGrammar {

    private static final int RIP = 16;
    private static final int WORD = 8;

    private static final Pattern MEMORY =
            Pattern.compile("([^()%]*)\\((%[a-z0-9]+)?(?:,(%[a-z0-9]+)?(?:,([0-9]))?)?\\)");
    private static final Pattern TERM = Pattern.compile("\\s*([+-]?)\\s*([A-Za-z0-9_.$@]+)\\s*");

    /** Memory in brackets, with or without its width, and numbers without a dollar sign. */
    private static final Pattern INTEL = Pattern.compile(".*\\bPTR\\b.*|[^()%]*\\[.*].*|-?[0-9]\\w*");

    private static final Map<String, Name> REGISTERS = registers();

    private record Name(int dwarfNumber, int width, int bitOffset) {}

    /** A sum of numbers and at most one symbol; {@code problem} is empty if it is one. */
    private record Sum(long number, String symbol, String problem) {}

    private final boolean positionIndependent;
    private final boolean complete;
    private final Function<String, Set<Long>> addresses;

    /**
     * Takes what is known of the file.
     *
     * @param complete whether all variables are known, also those that no other file sees
     */
    X86Operands(boolean positionIndependent, boolean complete, Function<String, Set<Long>> addresses) {
        this.positionIndependent = positionIndependent;
        this.complete = complete;
        this.addresses = addresses;
    }

    @Override
    public Parsed parse(String text, long site) {
        if (INTEL.matcher(text).matches() || REGISTERS.containsKey(text)) {
            return Parsed.unsupported(
                    "'" + text
                            + "' is Intel syntax (-masm=intel), in which a register and a variable of the same name look the same (PU0731); build the file that has the mark with AT&T syntax");
        }
        if (text.startsWith("$")) {
            return immediate(text.substring(1));
        }
        if (text.startsWith("%")) {
            return register(text);
        }
        Matcher memory = MEMORY.matcher(text);
        if (memory.matches()) {
            return memory(memory, site);
        }
        if (text.indexOf('(') < 0 && text.indexOf('%') < 0) {
            return absolute(text);
        }
        return notUnderstood(text);
    }

    private Parsed immediate(String text) {
        Sum sum = text.isEmpty() ? problem("$") : sum(text);
        if (!sum.problem().isEmpty()) {
            return Parsed.unsupported(sum.problem());
        }
        if (sum.symbol().isEmpty()) {
            return Parsed.of(new Constant(sum.number()));
        }
        return fixedAddress(sum, address -> new Constant(address));
    }

    private static Parsed register(String text) {
        if (text.indexOf(':') >= 0) {
            return Parsed.unsupported("it is in a separate segment (" + text + "), such as thread-local storage");
        }
        Name name = REGISTERS.get(text.substring(1));
        if (name == null) {
            return Parsed.unsupported(text + " is not a general register");
        }
        if (name.dwarfNumber() == RIP) {
            return notUnderstood(text);
        }
        return new Parsed(new Register(name.dwarfNumber(), name.bitOffset()), name.width());
    }

    private Parsed memory(Matcher memory, long site) {
        Sum displacement = sum(memory.group(1));
        if (!displacement.problem().isEmpty()) {
            return Parsed.unsupported(displacement.problem());
        }
        Optional<Name> base = Optional.ofNullable(memory.group(2)).flatMap(X86Operands::addressRegister);
        Optional<Name> index = Optional.ofNullable(memory.group(3)).flatMap(X86Operands::addressRegister);
        if (base.isEmpty() && memory.group(2) != null
                || index.isEmpty() && memory.group(3) != null
                || base.isEmpty() && index.isEmpty()) {
            return notUnderstood(memory.group());
        }
        if (base.filter(name -> name.dwarfNumber() == RIP).isPresent()) {
            return index.isPresent() ? notUnderstood(memory.group()) : variable(displacement, site);
        }
        int scale = memory.group(4) == null || index.isEmpty() ? 1 : Integer.parseInt(memory.group(4));
        if (scale != 1 && scale != 2 && scale != 4 && scale != 8
                || index.filter(name -> name.dwarfNumber() == RIP).isPresent()) {
            return notUnderstood(memory.group());
        }
        OptionalInt baseNumber = number(base);
        OptionalInt indexNumber = number(index);
        if (displacement.symbol().isEmpty()) {
            return Parsed.of(new Memory(baseNumber, indexNumber, scale, displacement.number(), Optional.empty()));
        }
        return fixedAddress(
                displacement,
                address -> new Memory(baseNumber, indexNumber, scale, address, Optional.of(displacement.symbol())));
    }

    private Parsed variable(Sum displacement, long site) {
        if (displacement.symbol().isEmpty()) {
            return Parsed.unsupported("it counts from an instruction that the note does not name");
        }
        return resolved(
                displacement,
                address -> new Memory(
                        OptionalInt.of(RIP),
                        OptionalInt.empty(),
                        1,
                        address - site,
                        Optional.of(displacement.symbol())));
    }

    /** A bare symbol, as Clang writes a variable of a program that is loaded where it was linked. */
    private Parsed absolute(String text) {
        Sum sum = sum(text);
        if (!sum.problem().isEmpty()) {
            return Parsed.unsupported(sum.problem());
        }
        if (sum.symbol().isEmpty()) {
            return notUnderstood(text);
        }
        return fixedAddress(
                sum,
                address -> new Memory(OptionalInt.empty(), OptionalInt.empty(), 1, address, Optional.of(sum.symbol())));
    }

    private Parsed fixedAddress(Sum sum, Function<Long, OperandLocation> location) {
        return positionIndependent
                ? Parsed.unsupported("the address of " + sum.symbol() + " differs from run to run")
                : resolved(sum, location);
    }

    private Parsed resolved(Sum sum, Function<Long, OperandLocation> location) {
        Set<Long> found = addresses.apply(sum.symbol());
        if (found.isEmpty()) {
            return Parsed.unsupported("no symbol table of the file has the variable %s".formatted(sum.symbol()));
        }
        if (!complete) {
            return Parsed.unsupported(
                    "the file is stripped, so the variable %s may differ from the variable of that name that is left (PU0732); use a build that is not stripped, or its debug file"
                            .formatted(sum.symbol()));
        }
        if (found.size() > 1) {
            return Parsed.unsupported("the file has %d variables named %s".formatted(found.size(), sum.symbol()));
        }
        return Parsed.of(location.apply(found.iterator().next() + sum.number()));
    }

    private static Sum sum(String text) {
        long number = 0;
        String symbol = "";
        int at = 0;
        Matcher term = TERM.matcher(text);
        while (at < text.length()) {
            if (!term.find(at) || term.start() != at || at > 0 && term.group(1).isEmpty()) {
                return problem(text);
            }
            at = term.end();
            String value = term.group(2);
            OptionalLong parsed = Numbers.parse(term.group(1) + value);
            if (parsed.isPresent()) {
                number += parsed.getAsLong();
            } else if (Character.isDigit(value.charAt(0))
                    || !symbol.isEmpty()
                    || term.group(1).equals("-")) {
                return problem(text);
            } else if (value.indexOf('@') >= 0) {
                return new Sum(0, "", "it is reached through a table of the dynamic linker (" + value + ")");
            } else {
                symbol = value;
            }
        }
        return new Sum(number, symbol, "");
    }

    private static Sum problem(String text) {
        return new Sum(0, "", "'" + text + "' is not understood");
    }

    private static Parsed notUnderstood(String text) {
        return Parsed.unsupported("'" + text + "' is not understood");
    }

    private static OptionalInt number(Optional<Name> name) {
        return name.map(n -> OptionalInt.of(n.dwarfNumber())).orElse(OptionalInt.empty());
    }

    private static Optional<Name> addressRegister(String text) {
        return Optional.ofNullable(REGISTERS.get(text.substring(1))).filter(name -> name.width() == WORD);
    }

    private static Map<String, Name> registers() {
        Map<String, Name> names = new HashMap<>();
        List<String> byNumber = List.of("ax", "dx", "cx", "bx", "si", "di", "bp", "sp");
        for (int number = 0; number < byNumber.size(); number++) {
            String name = byNumber.get(number);
            names.put("r" + name, new Name(number, WORD, 0));
            names.put("e" + name, new Name(number, 4, 0));
            names.put(name, new Name(number, 2, 0));
            boolean lettered = name.endsWith("x");
            names.put(lettered ? name.charAt(0) + "l" : name + "l", new Name(number, 1, 0));
            if (lettered) {
                names.put(name.charAt(0) + "h", new Name(number, 1, 8));
            }
        }
        for (int number = 8; number <= 15; number++) {
            names.put("r" + number, new Name(number, WORD, 0));
            names.put("r" + number + "d", new Name(number, 4, 0));
            names.put("r" + number + "w", new Name(number, 2, 0));
            names.put("r" + number + "b", new Name(number, 1, 0));
        }
        names.put("rip", new Name(RIP, WORD, 0));
        return Map.copyOf(names);
    }
}
