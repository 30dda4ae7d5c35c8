package io.probeunit.internal.names;

import java.util.ArrayList;
import java.util.List;

/** Arguments of templates, and the few expressions that occur in them; Itanium C++ ABI, 5.1.6 and 5.1.7. */
final class CxxArguments {

    private final CxxGrammar grammar;
    private final CxxCursor in;
    private final CxxReferences references;

    CxxArguments(CxxGrammar grammar) {
        this.grammar = grammar;
        in = grammar.cursor();
        references = grammar.references();
    }

    String arguments(boolean outermost) {
        in.expect("I");
        List<CxxType> list = new ArrayList<>();
        if (outermost) {
            references.arguments(list);
        }
        while (!in.take("E")) {
            list.add(argument());
        }
        List<String> texts = new ArrayList<>();
        list.stream().filter(t -> !t.isPack() || !t.pack().isEmpty()).forEach(t -> texts.add(t.text()));
        return String.join(", ", texts);
    }

    private CxxType argument() {
        if (in.peek() == 'L') {
            return CxxType.of(literal());
        }
        if (in.take("X")) {
            String expression = expression();
            in.expect("E");
            return CxxType.of(expression);
        }
        if (in.take("J")) {
            List<CxxType> pack = new ArrayList<>();
            while (!in.take("E")) {
                pack.add(argument());
            }
            return CxxType.pack(pack);
        }
        return grammar.types().type();
    }

    String decltype() {
        in.skip(2);
        String expression = expression();
        in.expect("E");
        return "decltype (" + expression + ")";
    }

    String expression() {
        if (in.peek() == 'L') {
            return literal();
        }
        if (in.peek() == 'T') {
            return references.parameter().text();
        }
        if (in.take("sz")) {
            return "sizeof (" + expression() + ")";
        }
        if (in.take("st")) {
            return "sizeof (" + grammar.types().type().text() + ")";
        }
        if (in.is("ad")) {
            in.skip(2);
            return "&(" + expression() + ")";
        }
        throw new CxxNotUnderstood();
    }

    private String literal() {
        in.expect("L");
        if (in.take("_Z")) {
            CxxFunction function = grammar.encodings().encoding();
            in.expect("E");
            return function.full();
        }
        String type = grammar.types().type().text();
        String number = (in.take("n") ? "-" : "") + in.digits();
        if (!in.take("E") || number.isEmpty() && !type.equals("decltype(nullptr)")) {
            throw new CxxNotUnderstood();
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
}
