package io.probeunit.binary;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads mangled names of C++ functions: the Itanium C++ ABI, section 5.1. Knows what occurs in names of functions, but few
 * expressions; a name that it does not understand to the end is left as it is. For one name and one thread.
 */
final class CxxParser {

    /** A damaged name must not cost more than a sound one. */
    private static final int DEEPEST = 200;

    private static final int LONGEST = 100_000;

    private final String text;
    private final List<CxxEntry> substitutions = new ArrayList<>();
    private List<CxxType> arguments = new ArrayList<>();
    private int lambdas;
    private int at;
    private int depth;
    private long budget = LONGEST;
    private Optional<CxxName> known = Optional.empty();

    private CxxParser(String text) {
        this.text = text;
        this.at = 2;
    }

    /** Says that a name is not understood. */
    private static final class Unknown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unknown() {
            super("", null, false, false);
        }
    }

    /**
     * Reads a name.
     *
     * @return empty if it is no mangled name of a function, or one that is not understood
     */
    static Optional<CxxFunction> read(String symbol) {
        if (!symbol.startsWith("_Z")) {
            return Optional.empty();
        }
        CxxParser parser = new CxxParser(symbol);
        try {
            CxxFunction function = parser.top();
            return parser.at == symbol.length() ? Optional.of(function) : Optional.empty();
        } catch (Unknown notUnderstood) {
            return parser.nameAlone();
        }
    }

    /**
     * Reads a name without its types, which is quicker.
     *
     * @return scopes and name without template arguments; empty as for {@link #read}
     */
    static Optional<String> readName(String symbol) {
        if (!symbol.startsWith("_Z")) {
            return Optional.empty();
        }
        CxxParser parser = new CxxParser(symbol);
        try {
            return Optional.of(
                    parser.peek() == 'T' || parser.peek() == 'G'
                            ? parser.top().bare()
                            : parser.name(true).bare());
        } catch (Unknown notUnderstood) {
            return Optional.empty();
        }
    }

    /** What can be told of a function whose types are not understood. */
    private Optional<CxxFunction> nameAlone() {
        return known.map(name -> new CxxFunction(name.full(), name.full(), name.bare(), ""));
    }

    private CxxFunction top() {
        if (peek() == 'T' || text.startsWith("GTt", at)) {
            return special();
        }
        int from = at;
        known = Optional.of(name(true));
        at = from;
        substitutions.clear();
        return encoding();
    }

    /** Code that the compiler makes around a function; named after what it does, it is not the function itself. */
    private CxxFunction special() {
        String what;
        if (take("Th")) {
            offset();
            what = "non-virtual thunk to ";
        } else if (take("Tv")) {
            offset();
            offset();
            what = "virtual thunk to ";
        } else if (take("Tc")) {
            callOffset();
            callOffset();
            what = "covariant return thunk to ";
        } else if (take("GTt")) {
            what = "transaction clone for ";
        } else if (take("TW")) {
            String name = "TLS wrapper function for " + name().full();
            return new CxxFunction(name, name, name, "");
        } else if (take("TH")) {
            String name = "TLS init function for " + name().full();
            return new CxxFunction(name, name, name, "");
        } else {
            throw new Unknown();
        }
        CxxFunction of = encoding();
        return new CxxFunction(what + of.full(), what + of.name(), what + of.bare(), of.suffix());
    }

    private void callOffset() {
        if (take("h")) {
            offset();
        } else if (take("v")) {
            offset();
            offset();
        } else {
            throw new Unknown();
        }
    }

    private void offset() {
        take("n");
        while (Character.isDigit(peek())) {
            at++;
        }
        expect("_");
    }

    private CxxFunction encoding() {
        CxxName name = name(true);
        if (isEnd()) {
            return new CxxFunction(name.full() + name.suffix(), name.full(), name.bare(), name.suffix());
        }
        Optional<CxxType> returned = name.template() && name.returns() ? Optional.of(type()) : Optional.empty();
        String parameters = "(" + parameters() + ")" + name.suffix();
        String full = name.full() + parameters;
        if (returned.isPresent()) {
            CxxType type = returned.get();
            full = type.right().isEmpty()
                    ? type.left() + " " + full
                    : type.left()
                            + (type.left().endsWith("*") || type.left().endsWith("&") ? "" : " ")
                            + full
                            + type.right();
        }
        return new CxxFunction(full, name.full(), name.bare(), parameters);
    }

    private boolean isEnd() {
        return at >= text.length() || peek() == 'E' || peek() == '.' || peek() == '@';
    }

    private String parameters() {
        List<String> types = new ArrayList<>();
        while (!isEnd() && !text.startsWith("RE", at) && !text.startsWith("OE", at)) {
            CxxType type = type();
            String one = type.text();
            if (!one.isEmpty()) {
                types.add(one);
            }
        }
        return types.size() == 1 && types.get(0).equals("void") ? "" : join(types);
    }

    // ---- Names ----

    private CxxName name() {
        return name(false);
    }

    private CxxName name(boolean outermost) {
        if (++depth > DEEPEST) {
            throw new Unknown();
        }
        try {
            if (peek() == 'N') {
                return nested(outermost);
            }
            if (peek() == 'Z') {
                return local(outermost);
            }
            if (peek() == 'S' && !text.startsWith("St", at)) {
                CxxName known = asName(substitution());
                return peek() == 'I' ? known.withArguments(arguments(outermost)) : known;
            }
            CxxName name = text.startsWith("St", at) ? inStd() : unqualified(Optional.empty());
            if (peek() == 'I') {
                remember(name);
                return name.withArguments(arguments(outermost));
            }
            return name;
        } finally {
            depth--;
        }
    }

    private CxxName inStd() {
        expect("St");
        return unqualified(Optional.empty()).in(CxxName.of("std"));
    }

    private CxxName nested(boolean outermost) {
        expect("N");
        StringBuilder suffix = new StringBuilder();
        for (String qualifier = qualifier(); !qualifier.isEmpty(); qualifier = qualifier()) {
            suffix.insert(0, " " + qualifier);
        }
        if (take("R")) {
            suffix.append(" &");
        } else if (take("O")) {
            suffix.append(" &&");
        }
        Optional<CxxName> scope = Optional.empty();
        while (!take("E")) {
            boolean fresh = true;
            CxxName next;
            if (peek() == 'S' && !text.startsWith("St", at)) {
                next = asName(substitution());
                fresh = false;
            } else if (take("St")) {
                next = CxxName.of("std");
                fresh = false;
            } else if (peek() == 'T') {
                next = CxxName.of(parameter().text());
            } else if (peek() == 'I') {
                next = scope.orElseThrow(Unknown::new).withArguments(arguments(outermost));
            } else if (text.startsWith("Dt", at) || text.startsWith("DT", at)) {
                next = CxxName.of(decltype());
            } else {
                take("L");
                CxxName of = unqualified(scope);
                next = scope.map(of::in).orElse(of);
            }
            while (take("B")) {
                next = next.tagged(source());
            }
            if (fresh && peek() != 'E') {
                remember(next);
            }
            // a member of a closure in an initializer of a data member
            take("M");
            scope = Optional.of(next);
        }
        return scope.orElseThrow(Unknown::new).withSuffix(suffix.toString());
    }

    private CxxName local(boolean outermost) {
        expect("Z");
        List<CxxType> ofUser = arguments;
        CxxFunction in = encoding();
        expect("E");
        if (!outermost) {
            // a template that takes a closure for an argument has arguments of its own
            arguments = ofUser;
        }
        CxxName function = new CxxName(in.name() + in.suffix(), in.bare(), "", false, true, "");
        if (take("s")) {
            discriminator();
            return CxxName.of("string literal").in(function);
        }
        if (take("d")) {
            String number = digits();
            expect("_");
            CxxName argument =
                    CxxName.of("{default arg#%d}".formatted(number.isEmpty() ? 1 : Integer.parseInt(number) + 2));
            return name(outermost).in(argument.in(function));
        }
        CxxName name = name(outermost);
        discriminator();
        return name.in(function).withSuffix(name.suffix());
    }

    private void discriminator() {
        if (take("__")) {
            digits();
            expect("_");
        } else if (peek() == '_' && at + 1 < text.length() && Character.isDigit(text.charAt(at + 1))) {
            at += 2;
        }
    }

    private CxxName unqualified(Optional<CxxName> scope) {
        take("L");
        CxxName name = unqualifiedWithoutTags(scope);
        while (take("B")) {
            name = name.tagged(source());
        }
        return name;
    }

    private CxxName unqualifiedWithoutTags(Optional<CxxName> scope) {
        char c = peek();
        if (Character.isDigit(c)) {
            String source = source();
            return CxxName.of(source.startsWith("_GLOBAL__N") ? "(anonymous namespace)" : source);
        }
        if (take("CI1") || take("CI2")) {
            type();
            return without(scope.orElseThrow(Unknown::new).last());
        }
        if (c == 'C' && isOneOf("12345")) {
            at += 2;
            return without(scope.orElseThrow(Unknown::new).last());
        }
        if (c == 'D' && isOneOf("01245")) {
            at += 2;
            return without("~" + scope.orElseThrow(Unknown::new).last());
        }
        if (take("Ul")) {
            // without template parameters of its own, T_ stands for "auto"
            lambdas++;
            String parameters = parameters();
            lambdas--;
            expect("E");
            return CxxName.of("{lambda(%s)#%d}".formatted(parameters, number()));
        }
        if (take("Ut")) {
            return CxxName.of("{unnamed type#%d}".formatted(number()));
        }
        if (take("cv")) {
            String type = type().text();
            String operator = "operator " + type;
            return new CxxName(operator, operator, operator, false, false, "");
        }
        if (take("li")) {
            return CxxName.of("operator\"\" " + source());
        }
        if (at + 2 <= text.length()) {
            Optional<String> operator = CxxOperators.operator(text.substring(at, at + 2));
            if (operator.isPresent()) {
                at += 2;
                return CxxName.of("operator" + operator.get());
            }
        }
        throw new Unknown();
    }

    private static CxxName without(String last) {
        return new CxxName(last, last, last, false, false, "");
    }

    private boolean isOneOf(String letters) {
        return at + 1 < text.length() && letters.indexOf(text.charAt(at + 1)) >= 0;
    }

    /** Counted from 1: {@code _} is the first, {@code 0_} the second. */
    private int number() {
        String digits = digits();
        expect("_");
        return digits.isEmpty() ? 1 : parsed(digits) + 2;
    }

    private String source() {
        int length = parsed(digits());
        if (length == 0 || length > text.length() - at) {
            throw new Unknown();
        }
        at += length;
        return text.substring(at - length, at);
    }

    // ---- Back references ----

    private void remember(CxxEntry entry) {
        substitutions.add(entry);
    }

    private CxxEntry substitution() {
        expect("S");
        char c = peek();
        if (c >= 'a' && c <= 'z') {
            at++;
            return CxxOperators.standard(c).orElseThrow(Unknown::new);
        }
        int index = 0;
        if (!take("_")) {
            while (peek() != '_') {
                int digit = Character.digit(peek(), 36);
                if (digit < 0 || index > substitutions.size()) {
                    throw new Unknown();
                }
                index = index * 36 + digit;
                at++;
            }
            at++;
            index++;
        }
        if (index >= substitutions.size()) {
            throw new Unknown();
        }
        return substitutions.get(index);
    }

    private static CxxName asName(CxxEntry entry) {
        return entry instanceof CxxName name ? name.asScope() : CxxName.of(((CxxType) entry).text());
    }

    private CxxType parameter() {
        expect("T");
        int index = number() - 1;
        if (lambdas > 0 && index >= arguments.size()) {
            return CxxType.of("auto:" + (index + 1));
        }
        if (index >= arguments.size()) {
            throw new Unknown();
        }
        return arguments.get(index);
    }

    private String arguments(boolean outermost) {
        expect("I");
        List<CxxType> list = new ArrayList<>();
        if (outermost) {
            arguments = list;
        }
        while (!take("E")) {
            list.add(argument());
        }
        List<String> texts = new ArrayList<>();
        list.stream().filter(t -> !t.isPack() || !t.pack().isEmpty()).forEach(t -> texts.add(t.text()));
        return join(texts);
    }

    private CxxType argument() {
        if (peek() == 'L') {
            return CxxType.of(literal());
        }
        if (take("X")) {
            String expression = expression();
            expect("E");
            return CxxType.of(expression);
        }
        if (take("J")) {
            List<CxxType> pack = new ArrayList<>();
            while (!take("E")) {
                pack.add(argument());
            }
            return CxxType.pack(pack);
        }
        return type();
    }

    // ---- Types ----

    private String qualifier() {
        return take("r") ? "restrict" : take("V") ? "volatile" : take("K") ? "const" : "";
    }

    private CxxType type() {
        if (++depth > DEEPEST) {
            throw new Unknown();
        }
        try {
            return spent(typeAtDepth());
        } finally {
            depth--;
        }
    }

    private CxxType spent(CxxType type) {
        budget -= 1 + (type.left().length() + type.right().length()) / 16;
        if (budget < 0) {
            throw new Unknown();
        }
        return type;
    }

    private CxxType typeAtDepth() {
        char c = peek();
        Optional<String> builtin = CxxOperators.builtin(c);
        if (builtin.isPresent()) {
            at++;
            return CxxType.of(builtin.get());
        }
        return switch (c) {
            case 'r', 'V', 'K' -> remembered(qualifiedType());
            case 'P' -> remembered(after(() -> type().pointer("*")));
            case 'R' -> remembered(after(() -> type().reference("&")));
            case 'O' -> remembered(after(() -> type().reference("&&")));
            case 'C' -> remembered(after(() -> type().qualified("_Complex")));
            case 'F' -> remembered(function());
            case 'A' -> remembered(array());
            case 'M' -> remembered(member());
            case 'T' -> isOneOf("sue") ? elaborated() : templated(remembered(parameter()));
            case 'D' -> afterD();
            case 'S' -> fromSubstitution();
            case 'u' -> remembered(after(() -> CxxType.of(source())));
            case 'U' -> vendorQualified();
            case 'N', 'Z' -> remembered(name().asType());
            default -> {
                if (Character.isDigit(c)) {
                    yield remembered(name().asType());
                }
                throw new Unknown();
            }
        };
    }

    private CxxType elaborated() {
        at += 2;
        return remembered(name().asType());
    }

    private CxxType templated(CxxType template) {
        return peek() == 'I' && !template.isPack()
                ? remembered(CxxType.of(CxxName.of(template.text())
                        .withArguments(arguments(false))
                        .full()))
                : template;
    }

    private CxxType fromSubstitution() {
        if (text.startsWith("St", at)) {
            return remembered(name().asType());
        }
        CxxEntry entry = substitution();
        if (peek() == 'I') {
            return remembered(asName(entry).withArguments(arguments(false)).asType());
        }
        return entry instanceof CxxName name ? name.asType() : (CxxType) entry;
    }

    private CxxType vendorQualified() {
        expect("U");
        String qualifier = source() + (peek() == 'I' ? "<" + arguments(false) + ">" : "");
        return remembered(type().qualified(qualifier));
    }

    private CxxType afterD() {
        if (take("Dp")) {
            return type();
        }
        if (text.startsWith("Dt", at) || text.startsWith("DT", at)) {
            return remembered(CxxType.of(decltype()));
        }
        if (take("DF")) {
            String bits = digits();
            expect("_");
            return CxxType.of("_Float" + bits);
        }
        if (take("Dv")) {
            String size = digits();
            expect("_");
            return remembered(type().each(t -> CxxType.of("%s __vector(%s)".formatted(t.text(), size))));
        }
        if (take("Do")) {
            CxxType function = function();
            return remembered(CxxType.of(function.left(), function.right() + " noexcept"));
        }
        at++;
        String builtin = CxxOperators.builtinAfterD(peek()).orElseThrow(Unknown::new);
        at++;
        return CxxType.of(builtin);
    }

    private CxxType qualifiedType() {
        StringBuilder qualifiers = new StringBuilder();
        for (String qualifier = qualifier(); !qualifier.isEmpty(); qualifier = qualifier()) {
            qualifiers.insert(0, qualifiers.isEmpty() ? qualifier : qualifier + " ");
        }
        return type().qualified(qualifiers.toString());
    }

    private CxxType function() {
        expect("F");
        take("Y");
        CxxType returned = type();
        String parameters = parameters();
        String reference = take("R") ? " &" : take("O") ? " &&" : "";
        expect("E");
        String left = returned.left();
        return CxxType.of(left + " ", "(" + parameters + ")" + reference + returned.right());
    }

    private CxxType array() {
        expect("A");
        String size = Character.isDigit(peek()) ? digits() : peek() == '_' ? "" : expression();
        expect("_");
        CxxType element = type();
        String inner = element.right().startsWith(" [") ? element.right().substring(1) : element.right();
        return CxxType.of(element.left(), " [" + size + "]" + inner);
    }

    private CxxType member() {
        expect("M");
        String of = type().text();
        CxxType member = type();
        return member.right().isEmpty()
                ? CxxType.of(member.left() + " " + of + "::*")
                : CxxType.of(member.left() + "(" + of + "::*", ")" + member.right());
    }

    private CxxType after(Supplier<CxxType> rest) {
        at++;
        return rest.get();
    }

    private CxxType remembered(CxxType type) {
        remember(type);
        return type;
    }

    // ---- Expressions ----

    private String decltype() {
        at += 2;
        String expression = expression();
        expect("E");
        return "decltype (" + expression + ")";
    }

    private String expression() {
        if (peek() == 'L') {
            return literal();
        }
        if (peek() == 'T') {
            return parameter().text();
        }
        if (take("sz")) {
            return "sizeof (" + expression() + ")";
        }
        if (take("st")) {
            return "sizeof (" + type().text() + ")";
        }
        if (text.startsWith("ad", at)) {
            at += 2;
            return "&(" + expression() + ")";
        }
        throw new Unknown();
    }

    private String literal() {
        expect("L");
        if (take("_Z")) {
            CxxFunction function = encoding();
            expect("E");
            return function.full();
        }
        String type = type().text();
        String number = (take("n") ? "-" : "") + digits();
        if (!take("E") || number.isEmpty() && !type.equals("decltype(nullptr)")) {
            throw new Unknown();
        }
        return switch (type) {
            case "bool" -> number.equals("1") ? "true" : "false";
            case "int" -> number;
            case "unsigned int" -> number + "u";
            case "long" -> number + "l";
            case "unsigned long" -> number + "ul";
            case "long long" -> number + "ll";
            case "unsigned long long" -> number + "ull";
            default -> "(" + type + ")" + number;
        };
    }

    // ---- Characters ----

    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private boolean take(String expected) {
        boolean there = text.startsWith(expected, at);
        if (there) {
            at += expected.length();
        }
        return there;
    }

    private void expect(String expected) {
        if (!take(expected)) {
            throw new Unknown();
        }
    }

    private String digits() {
        int from = at;
        while (Character.isDigit(peek())) {
            at++;
        }
        return text.substring(from, at);
    }

    private static int parsed(String digits) {
        if (digits.isEmpty() || digits.length() > 6) {
            throw new Unknown();
        }
        return Integer.parseInt(digits);
    }

    private static String join(List<String> texts) {
        return String.join(", ", texts);
    }
}
