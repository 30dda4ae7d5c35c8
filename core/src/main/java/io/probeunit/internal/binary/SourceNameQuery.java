package io.probeunit.internal.binary;

import io.probeunit.internal.names.FunctionNames;
import io.probeunit.internal.names.SourceName;
import io.probeunit.internal.plan.NamePattern;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks for mangled symbols by the name that the source has. Only symbols that can be meant are read: an identifier of the
 * name stands in the symbol to the letter.
 */
final class SourceNameQuery {

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_]+");
    private static final Pattern OPERATOR = Pattern.compile("\\boperator\\b.*");
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

    /** What may come before the first wildcard, template argument or parameter; it begins all keys of a name. */
    private static final Pattern BEGINNING = Pattern.compile("^[\\w:~.$]*");

    /** An abbreviation that keys have and names have not. */
    private static final String STRING = "std::string";

    private final String identifier;
    private final String beginning;
    private final Predicate<String> bareMeant;
    private final Optional<Predicate<SourceName>> meant;
    private final boolean thunks;

    private SourceNameQuery(
            String text, String beginning, Predicate<String> bareMeant, Optional<Predicate<SourceName>> meant) {
        this.identifier = identifier(text);
        this.beginning = beginning;
        this.bareMeant = bareMeant;
        this.meant = meant;
        this.thunks = text.contains("thunk");
    }

    static SourceNameQuery named(String wanted) {
        String key = SourceName.key(wanted);
        // template arguments, parameters and return types come with a bracket
        if (key.indexOf('<') < 0 && key.indexOf('(') < 0 && !key.contains(STRING)) {
            return new SourceNameQuery(wanted, key, key::equals, Optional.empty());
        }
        // not its beginning, which may be that of the return type
        return new SourceNameQuery(
                wanted,
                "",
                key::equals,
                Optional.of(name -> name.keys().contains(key) || name.full().equals(key)));
    }

    static SourceNameQuery matching(NamePattern glob) {
        String key = SourceName.key(glob.text());
        Pattern regex = new NamePattern(key).toRegex();
        return new SourceNameQuery(
                WILDCARDS.matcher(glob.text()).replaceAll("*"),
                beginning(key),
                name -> regex.matcher(name).matches(),
                Optional.of(name ->
                        name.keys().stream().anyMatch(one -> regex.matcher(one).matches())));
    }

    /** Decides on one function; asks for its source name only if it can be meant. */
    boolean matches(FunctionSymbol function, Supplier<String> sourceName) {
        String symbol = function.name();
        if (!SourceName.isMangled(symbol) || !symbol.contains(identifier) || FunctionNames.isColdPiece(symbol)) {
            return false;
        }
        // a thunk leads into the function, which would count twice
        boolean thunk = symbol.startsWith("_ZT") || symbol.startsWith("_ZGT");
        if (thunk && !thunks) {
            return false;
        }
        String bare = SourceName.key(sourceName.get());
        if (bareMeant.test(bare)) {
            return true;
        }
        return meant.isPresent()
                && bare.startsWith(beginning)
                && SourceName.of(function.baseName()).filter(meant.get()).isPresent();
    }

    private static String beginning(String key) {
        Matcher plain = BEGINNING.matcher(key);
        String beginning = plain.find() ? plain.group() : "";
        int string = beginning.indexOf("std::s");
        return string < 0 ? beginning : beginning.substring(0, string + "std::".length());
    }

    /** The longest of those of the name itself; parameters, and the type that an operator converts to, may be abbreviated. */
    private static String identifier(String text) {
        String name = OPERATOR.matcher(text.replaceFirst("(?<=.)[(<].*", "")).replaceFirst("");
        // a word beside a wildcard is a part of a word, which stands in the symbol as well
        return WORD.matcher(name)
                .results()
                .map(m -> m.group())
                .filter(word -> !ABBREVIATED.contains(word))
                .max(Comparator.comparingInt(String::length))
                .orElse("");
    }
}
