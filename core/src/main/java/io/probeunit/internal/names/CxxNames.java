package io.probeunit.internal.names;

import java.util.List;
import java.util.Optional;

/** Names of functions and types with the scopes around them; Itanium C++ ABI, 5.1.2 and 5.1.4 to 5.1.6. */
final class CxxNames {

    private final CxxGrammar grammar;
    private final CxxCursor in;
    private final CxxReferences references;
    private final CxxEffort effort;

    CxxNames(CxxGrammar grammar) {
        this.grammar = grammar;
        in = grammar.cursor();
        references = grammar.references();
        effort = grammar.effort();
    }

    CxxName name() {
        return name(false);
    }

    CxxName name(boolean outermost) {
        effort.deeper();
        try {
            if (in.peek() == 'N') {
                return nested(outermost);
            }
            if (in.peek() == 'Z') {
                return local(outermost);
            }
            if (in.peek() == 'S' && !in.is("St")) {
                CxxName known = asName(references.substitution());
                return in.peek() == 'I'
                        ? known.withArguments(grammar.arguments().arguments(outermost))
                        : known;
            }
            CxxName name = in.is("St") ? inStd() : unqualified(Optional.empty());
            if (in.peek() == 'I') {
                references.remember(name);
                return name.withArguments(grammar.arguments().arguments(outermost));
            }
            return name;
        } finally {
            effort.back();
        }
    }

    private CxxName inStd() {
        in.expect("St");
        return unqualified(Optional.empty()).in(CxxName.of("std"));
    }

    private CxxName nested(boolean outermost) {
        in.expect("N");
        StringBuilder suffix = new StringBuilder();
        for (String qualifier = grammar.types().qualifier();
                !qualifier.isEmpty();
                qualifier = grammar.types().qualifier()) {
            suffix.insert(0, " " + qualifier);
        }
        if (in.take("R")) {
            suffix.append(" &");
        } else if (in.take("O")) {
            suffix.append(" &&");
        }
        Optional<CxxName> scope = Optional.empty();
        while (!in.take("E")) {
            boolean fresh = true;
            CxxName next;
            if (in.peek() == 'S' && !in.is("St")) {
                next = asName(references.substitution());
                fresh = false;
            } else if (in.take("St")) {
                next = CxxName.of("std");
                fresh = false;
            } else if (in.peek() == 'T') {
                next = CxxName.of(references.parameter().text());
            } else if (in.peek() == 'I') {
                next = scope.orElseThrow(CxxNotUnderstood::new)
                        .withArguments(grammar.arguments().arguments(outermost));
            } else if (in.is("Dt") || in.is("DT")) {
                next = CxxName.of(grammar.arguments().decltype());
            } else {
                in.take("L");
                CxxName of = unqualified(scope);
                next = scope.map(of::in).orElse(of);
            }
            while (in.take("B")) {
                next = next.tagged(in.source());
            }
            if (fresh && in.peek() != 'E') {
                references.remember(next);
            }
            // a member of a closure in an initializer of a data member
            in.take("M");
            scope = Optional.of(next);
        }
        return scope.orElseThrow(CxxNotUnderstood::new).withSuffix(suffix.toString());
    }

    private CxxName local(boolean outermost) {
        in.expect("Z");
        List<CxxType> ofUser = references.arguments();
        CxxFunction around = grammar.encodings().encoding();
        in.expect("E");
        if (!outermost) {
            // a template that takes a closure for an argument has arguments of its own
            references.arguments(ofUser);
        }
        CxxName function = new CxxName(around.name() + around.suffix(), around.bare(), "", false, true, "");
        if (in.take("s")) {
            discriminator();
            return CxxName.of("string literal").in(function);
        }
        if (in.take("d")) {
            String number = in.digits();
            in.expect("_");
            CxxName argument =
                    CxxName.of("{default arg#%d}".formatted(number.isEmpty() ? 1 : CxxCursor.parsed(number) + 2));
            return name(outermost).in(argument.in(function));
        }
        CxxName name = name(outermost);
        discriminator();
        return name.in(function).withSuffix(name.suffix());
    }

    private void discriminator() {
        if (in.take("__")) {
            in.digits();
            in.expect("_");
        } else if (in.is("_") && Character.isDigit(in.peek(1))) {
            in.skip(2);
        }
    }

    private CxxName unqualified(Optional<CxxName> scope) {
        in.take("L");
        CxxName name = unqualifiedWithoutTags(scope);
        while (in.take("B")) {
            name = name.tagged(in.source());
        }
        return name;
    }

    private CxxName unqualifiedWithoutTags(Optional<CxxName> scope) {
        char c = in.peek();
        if (Character.isDigit(c)) {
            String source = in.source();
            return CxxName.of(source.startsWith("_GLOBAL__N") ? "(anonymous namespace)" : source);
        }
        if (in.take("CI1") || in.take("CI2")) {
            grammar.types().type();
            return without(scope.orElseThrow(CxxNotUnderstood::new).last());
        }
        if (c == 'C' && in.isOneOf("12345")) {
            in.skip(2);
            return without(scope.orElseThrow(CxxNotUnderstood::new).last());
        }
        if (c == 'D' && in.isOneOf("01245")) {
            in.skip(2);
            return without("~" + scope.orElseThrow(CxxNotUnderstood::new).last());
        }
        if (in.take("Ul")) {
            // without template parameters of its own, T_ stands for "auto"
            references.enterLambda();
            String parameters = grammar.encodings().parameters();
            references.leaveLambda();
            in.expect("E");
            return CxxName.of("{lambda(%s)#%d}".formatted(parameters, in.number()));
        }
        if (in.take("Ut")) {
            return CxxName.of("{unnamed type#%d}".formatted(in.number()));
        }
        if (in.take("cv")) {
            String type = grammar.types().type().text();
            String operator = "operator " + type;
            return new CxxName(operator, operator, operator, false, false, "");
        }
        if (in.take("li")) {
            return CxxName.of("operator\"\" " + in.source());
        }
        String operator = CxxOperators.operator(in.next(2)).orElseThrow(CxxNotUnderstood::new);
        in.skip(2);
        return CxxName.of("operator" + operator);
    }

    private static CxxName without(String last) {
        return new CxxName(last, last, last, false, false, "");
    }

    static CxxName asName(CxxEntry entry) {
        return entry instanceof CxxName name ? name.asScope() : CxxName.of(((CxxType) entry).text());
    }
}
