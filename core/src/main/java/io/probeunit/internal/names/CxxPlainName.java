package io.probeunit.internal.names;

import java.util.Optional;

/**
 * The short cut for names without templates and references, which is most of them, and for all older Rust names: each
 * identifier comes after its length, {@code _ZN4shop4Cart3addEi}.
 */
final class CxxPlainName {

    private static final int START = 2;
    private static final int LONGEST_SKIPPED = 5;

    private CxxPlainName() {}

    /** Reads scopes and name; empty if the name is not so plain, and {@link CxxNames} has to read it. */
    static Optional<String> read(String symbol) {
        CxxCursor in = new CxxCursor(symbol, START);
        if (!in.take("N")) {
            return Optional.empty();
        }
        // those of a member function
        for (int i = 0; i < LONGEST_SKIPPED && (in.peek() == 'r' || in.peek() == 'V' || in.peek() == 'K'); i++) {
            in.skip(1);
        }
        StringBuilder name = new StringBuilder(symbol.length());
        try {
            while (CxxCursor.isDigit(in.peek())) {
                String component = in.source();
                name.append(name.isEmpty() ? "" : "::")
                        .append(component.startsWith("_GLOBAL__N") ? "(anonymous namespace)" : component);
            }
        } catch (CxxNotUnderstood notPlain) {
            return Optional.empty();
        }
        return name.isEmpty() || !in.take("E") || in.hasSuffix() ? Optional.empty() : Optional.of(name.toString());
    }
}
