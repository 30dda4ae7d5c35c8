package io.probeunit.internal.names;

import java.util.Optional;
import java.util.function.Supplier;

/** Types of parameters, of return values and of arguments of templates; Itanium C++ ABI, 5.1.5. */
final class CxxTypes {

    private final CxxGrammar grammar;
    private final CxxCursor in;
    private final CxxReferences references;
    private final CxxEffort effort;

    CxxTypes(CxxGrammar grammar) {
        this.grammar = grammar;
        in = grammar.cursor();
        references = grammar.references();
        effort = grammar.effort();
    }

    /** The next qualifier of a type or member function, or nothing. */
    String qualifier() {
        return in.take("r") ? "restrict" : in.take("V") ? "volatile" : in.take("K") ? "const" : "";
    }

    CxxType type() {
        effort.deeper();
        try {
            CxxType type = typeAtDepth();
            effort.spend(type.left().length() + type.right().length());
            return type;
        } finally {
            effort.back();
        }
    }

    private CxxType typeAtDepth() {
        char c = in.peek();
        Optional<String> builtin = CxxOperators.builtin(c);
        if (builtin.isPresent()) {
            in.skip(1);
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
            case 'T' -> in.isOneOf("sue") ? elaborated() : templated(remembered(references.parameter()));
            case 'D' -> afterD();
            case 'S' -> fromSubstitution();
            case 'u' -> remembered(after(() -> CxxType.of(in.source())));
            case 'U' -> vendorQualified();
            case 'N', 'Z' -> remembered(grammar.names().name().asType());
            default -> {
                if (Character.isDigit(c)) {
                    yield remembered(grammar.names().name().asType());
                }
                throw new CxxNotUnderstood();
            }
        };
    }

    private CxxType elaborated() {
        in.skip(2);
        return remembered(grammar.names().name().asType());
    }

    private CxxType templated(CxxType template) {
        return in.peek() == 'I' && !template.isPack()
                ? remembered(CxxType.of(CxxName.of(template.text())
                        .withArguments(grammar.arguments().arguments(false))
                        .full()))
                : template;
    }

    private CxxType fromSubstitution() {
        if (in.is("St")) {
            return remembered(grammar.names().name().asType());
        }
        CxxEntry entry = references.substitution();
        if (in.peek() == 'I') {
            return remembered(CxxNames.asName(entry)
                    .withArguments(grammar.arguments().arguments(false))
                    .asType());
        }
        return entry instanceof CxxName name ? name.asType() : (CxxType) entry;
    }

    private CxxType vendorQualified() {
        in.expect("U");
        String qualifier =
                in.source() + (in.peek() == 'I' ? "<" + grammar.arguments().arguments(false) + ">" : "");
        return remembered(type().qualified(qualifier));
    }

    private CxxType afterD() {
        if (in.take("Dp")) {
            return type();
        }
        if (in.is("Dt") || in.is("DT")) {
            return remembered(CxxType.of(grammar.arguments().decltype()));
        }
        if (in.take("DF")) {
            String bits = in.digits();
            in.expect("_");
            return CxxType.of("_Float" + bits);
        }
        if (in.take("Dv")) {
            String size = in.digits();
            in.expect("_");
            return remembered(type().each(t -> CxxType.of("%s __vector(%s)".formatted(t.text(), size))));
        }
        if (in.take("Do")) {
            CxxType function = function();
            return remembered(CxxType.of(function.left(), function.right() + " noexcept"));
        }
        in.skip(1);
        String builtin = CxxOperators.builtinAfterD(in.peek()).orElseThrow(CxxNotUnderstood::new);
        in.skip(1);
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
        in.expect("F");
        in.take("Y");
        CxxType returned = type();
        String parameters = grammar.encodings().parameters();
        String reference = in.take("R") ? " &" : in.take("O") ? " &&" : "";
        in.expect("E");
        String left = returned.left();
        return CxxType.of(left + " ", "(" + parameters + ")" + reference + returned.right());
    }

    private CxxType array() {
        in.expect("A");
        String size = Character.isDigit(in.peek())
                ? in.digits()
                : in.peek() == '_' ? "" : grammar.arguments().expression();
        in.expect("_");
        CxxType element = type();
        String inner = element.right().startsWith(" [") ? element.right().substring(1) : element.right();
        return CxxType.of(element.left(), " [" + size + "]" + inner);
    }

    private CxxType member() {
        in.expect("M");
        String of = type().text();
        CxxType member = type();
        return member.right().isEmpty()
                ? CxxType.of(member.left() + " " + of + "::*")
                : CxxType.of(member.left() + "(" + of + "::*", ")" + member.right());
    }

    private CxxType after(Supplier<CxxType> rest) {
        in.skip(1);
        return rest.get();
    }

    private CxxType remembered(CxxType type) {
        references.remember(type);
        return type;
    }
}
