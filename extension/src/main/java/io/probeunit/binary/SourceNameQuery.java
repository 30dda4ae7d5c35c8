package io.probeunit.binary;

import io.probeunit.plan.NamePattern;
import java.util.Comparator;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Looks for mangled symbols by the name that the source has. Only symbols that can be meant are read: an identifier of the
 * name stands in the symbol to the letter.
 */
final class SourceNameQuery {

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_]+");
    private static final Pattern WILDCARDS = Pattern.compile("\\[[^]]*]");

    /** Words that the mangling abbreviates, or that stand in source names only. */
    private static final Set<String> ABBREVIATED = Set.of(
            "std",
            "allocator",
            "basic_string",
            "string",
            "basic_istream",
            "basic_ostream",
            "basic_iostream",
            "istream",
            "ostream",
            "iostream",
            "operator",
            "anonymous",
            "namespace",
            "lambda",
            "new",
            "delete",
            "co_await",
            "closure",
            "shim",
            "unnamed",
            "type",
            "const",
            "volatile",
            "non",
            "virtual",
            "thunk",
            "to");

    private final String identifier;
    private final Predicate<SourceName> meant;
    private final boolean thunks;

    private SourceNameQuery(String text, Predicate<SourceName> meant) {
        this.identifier = identifier(text);
        this.meant = meant;
        this.thunks = text.contains("thunk");
    }

    static SourceNameQuery named(String wanted) {
        String key = SourceName.key(wanted);
        return new SourceNameQuery(
                wanted, name -> name.keys().contains(key) || name.full().equals(key));
    }

    static SourceNameQuery matching(NamePattern glob) {
        Pattern regex = new NamePattern(SourceName.key(glob.text())).toRegex();
        return new SourceNameQuery(
                WILDCARDS.matcher(glob.text()).replaceAll("*"),
                name -> name.keys().stream().anyMatch(key -> regex.matcher(key).matches()));
    }

    boolean matches(FunctionSymbol function) {
        String symbol = function.name();
        if (!SourceName.isMangled(symbol) || !symbol.contains(identifier) || FunctionNames.isColdPiece(symbol)) {
            return false;
        }
        // a thunk leads into the function, which would count twice
        boolean thunk = symbol.startsWith("_ZT") || symbol.startsWith("_ZGT");
        return (thunks || !thunk)
                && SourceName.of(function.baseName()).filter(meant).isPresent();
    }

    /** The longest of those of the name itself; parameters may be abbreviated. */
    private static String identifier(String text) {
        String name = text.replaceFirst("(?<=.)[(<].*", "");
        // a word beside a wildcard is a part of a word, which stands in the symbol as well
        return WORD.matcher(name)
                .results()
                .map(m -> m.group())
                .filter(word -> !ABBREVIATED.contains(word))
                .max(Comparator.comparingInt(String::length))
                .orElse("");
    }
}
