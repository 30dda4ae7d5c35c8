package io.probeunit.internal.names;

import java.util.Optional;

/**
 * Reads mangled names of C++ functions: the Itanium C++ ABI, section 5.1. Knows what occurs in names of functions, but few
 * expressions; a name that it does not understand to the end is left as it is.
 */
public final class CxxParser {

    private static final String PREFIX = "_Z";

    private CxxParser() {}

    /**
     * Reads a name.
     *
     * @return empty if it is no mangled name of a function, or one that is not understood; the name alone if only its
     *     types are not
     */
    public static Optional<CxxFunction> read(String symbol) {
        if (!symbol.startsWith(PREFIX)) {
            return Optional.empty();
        }
        CxxCursor in = new CxxCursor(symbol, PREFIX.length());
        try {
            CxxEncodings encodings = new CxxGrammar(in).encodings();
            CxxFunction function = isSpecial(in) ? encodings.special() : encodings.encoding();
            return in.isAtEnd() ? Optional.of(function) : Optional.empty();
        } catch (CxxNotUnderstood notUnderstood) {
            return nameAlone(symbol);
        }
    }

    private static Optional<CxxFunction> nameAlone(String symbol) {
        CxxCursor in = new CxxCursor(symbol, PREFIX.length());
        if (isSpecial(in)) {
            return Optional.empty();
        }
        try {
            CxxName name = new CxxGrammar(in).names().name(true);
            return Optional.of(new CxxFunction(name.full(), name.full(), name.bare(), ""));
        } catch (CxxNotUnderstood notUnderstood) {
            return Optional.empty();
        }
    }

    /**
     * Reads a name without its types, which is quicker.
     *
     * @return scopes and name without template arguments; empty as for {@link #read}
     */
    public static Optional<String> readName(String symbol) {
        if (!symbol.startsWith(PREFIX)) {
            return Optional.empty();
        }
        Optional<String> plain = CxxPlainName.read(symbol);
        if (plain.isPresent()) {
            return plain;
        }
        CxxCursor in = new CxxCursor(symbol, PREFIX.length());
        if (!isSpecial(in)) {
            try {
                String name = new CxxGrammar(in).names().name(true).bare();
                if (!in.hasSuffix()) {
                    return Optional.of(name);
                }
            } catch (CxxNotUnderstood notUnderstood) {
                return Optional.empty();
            }
        }
        return read(symbol).map(CxxFunction::bare);
    }

    /** Says whether a compiler made the code around a function. */
    private static boolean isSpecial(CxxCursor in) {
        return in.peek() == 'T' || in.is("GTt");
    }
}
