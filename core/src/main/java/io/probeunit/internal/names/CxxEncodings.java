package io.probeunit.internal.names;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Functions: a name with its parameters, and what a compiler makes around it; Itanium C++ ABI, 5.1.2 and 5.1.4. */
final class CxxEncodings {

    private final CxxGrammar grammar;
    private final CxxCursor in;

    CxxEncodings(CxxGrammar grammar) {
        this.grammar = grammar;
        in = grammar.cursor();
    }

    /** Code that the compiler makes around a function; named after what it does, it is not the function itself. */
    CxxFunction special() {
        String what;
        if (in.take("Th")) {
            offset();
            what = "non-virtual thunk to ";
        } else if (in.take("Tv")) {
            offset();
            offset();
            what = "virtual thunk to ";
        } else if (in.take("Tc")) {
            callOffset();
            callOffset();
            what = "covariant return thunk to ";
        } else if (in.take("GTt")) {
            what = "transaction clone for ";
        } else if (in.take("TW")) {
            String name = "TLS wrapper function for " + grammar.names().name().full();
            return new CxxFunction(name, name, name, "");
        } else if (in.take("TH")) {
            String name = "TLS init function for " + grammar.names().name().full();
            return new CxxFunction(name, name, name, "");
        } else {
            throw new CxxNotUnderstood();
        }
        CxxFunction of = encoding();
        return new CxxFunction(what + of.full(), what + of.name(), what + of.bare(), of.suffix());
    }

    private void callOffset() {
        if (in.take("h")) {
            offset();
        } else if (in.take("v")) {
            offset();
            offset();
        } else {
            throw new CxxNotUnderstood();
        }
    }

    private void offset() {
        in.take("n");
        while (Character.isDigit(in.peek())) {
            in.skip(1);
        }
        in.expect("_");
    }

    CxxFunction encoding() {
        CxxName name = grammar.names().name(true);
        if (in.isEndOfFunction()) {
            return new CxxFunction(name.full() + name.suffix(), name.full(), name.bare(), name.suffix());
        }
        Optional<CxxType> returned =
                name.template() && name.returns() ? Optional.of(grammar.types().type()) : Optional.empty();
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

    String parameters() {
        List<String> types = new ArrayList<>();
        while (!in.isEndOfFunction() && !in.is("RE") && !in.is("OE")) {
            CxxType type = grammar.types().type();
            String one = type.text();
            if (!one.isEmpty()) {
                types.add(one);
            }
        }
        return types.equals(List.of("void")) ? "" : String.join(", ", types);
    }
}
