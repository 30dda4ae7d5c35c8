package io.probeunit.internal.names;

import java.util.ArrayList;
import java.util.List;

/**
 * What a name refers back to: components that stood before ({@code S_}, {@code S0_}), and the arguments of the template
 * ({@code T_}). Itanium C++ ABI, 5.1.5 "Template parameters" and 5.1.10.
 */
final class CxxReferences {

    private final CxxCursor in;
    private final List<CxxEntry> substitutions = new ArrayList<>();
    private List<CxxType> arguments = new ArrayList<>();
    private int lambdas;

    CxxReferences(CxxCursor in) {
        this.in = in;
    }

    void remember(CxxEntry entry) {
        substitutions.add(entry);
    }

    CxxEntry substitution() {
        in.expect("S");
        char c = in.peek();
        if (c >= 'a' && c <= 'z') {
            in.skip(1);
            return CxxOperators.standard(c).orElseThrow(CxxNotUnderstood::new);
        }
        int index = index();
        if (index >= substitutions.size()) {
            throw new CxxNotUnderstood();
        }
        return substitutions.get(index);
    }

    /** {@code _} is 0, {@code 0_} is 1, in base 36. */
    private int index() {
        int index = 0;
        if (in.take("_")) {
            return index;
        }
        while (!in.take("_")) {
            int digit = Character.digit(in.peek(), 36);
            if (digit < 0 || index > substitutions.size()) {
                throw new CxxNotUnderstood();
            }
            index = index * 36 + digit;
            in.skip(1);
        }
        return index + 1;
    }

    CxxType parameter() {
        in.expect("T");
        int index = in.number() - 1;
        if (index < arguments.size()) {
            return arguments.get(index);
        }
        if (lambdas > 0) {
            return CxxType.of("auto:" + (index + 1));
        }
        throw new CxxNotUnderstood();
    }

    /** Those of the innermost template that parameters refer to. */
    List<CxxType> arguments() {
        return arguments;
    }

    /** Takes the list itself: arguments may refer to those before them. */
    void arguments(List<CxxType> ofTemplate) {
        arguments = ofTemplate;
    }

    /** Parameters of a lambda that has no template parameters of its own stand for {@code auto}. */
    void enterLambda() {
        lambdas++;
    }

    void leaveLambda() {
        lambdas--;
    }
}
