package io.probeunit.internal.names;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A function's name as its source has it, read from a mangled symbol.
 *
 * @param bare scopes and name alone: {@code shop::Cart::add}
 * @param keys all that it may be called by, without blanks that mean nothing: with template arguments or without, with
 *     parameters or without
 * @param full also with the return type, if that is part of the symbol
 * @param signature for a person: with template arguments and parameters
 */
public record SourceName(String bare, List<String> keys, String full, String signature) {

    private static final Pattern RUST_HASH = Pattern.compile("::h[0-9a-f]{16}");
    private static final int RUST_HASH_LENGTH = 19;
    private static final Pattern RUST_ESCAPE = Pattern.compile("\\$([A-Za-z0-9]+)\\$|\\.\\.");
    private static final Pattern TAG = Pattern.compile("\\[abi:[^]]*]");
    private static final Pattern BLANK = Pattern.compile("(?<![\\w)]) +| +(?!\\w)");
    private static final Pattern WEST_CONST = Pattern.compile(
            "(?<=[(,<] ?|^)const ((?:unsigned |signed )?[\\w:]+(?: long| int)*(?:<[^<>]*>)?)(?= ?[*&,)>]|$)");
    private static final Pattern STRING =
            Pattern.compile("std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> ?>");

    /** Keeps a copy of the list. */
    public SourceName {
        keys = List.copyOf(keys);
    }

    /** Reads a symbol without the suffixes of clones; empty if it is not mangled, or not understood. */
    public static Optional<SourceName> of(String symbol) {
        if (symbol.startsWith("_R")) {
            return RustPath.read(symbol).map(SourceName::plain);
        }
        return CxxParser.read(symbol).map(SourceName::of);
    }

    /** Only {@link #bare()}, which is quicker. */
    public static Optional<String> bareOf(String symbol) {
        return symbol.startsWith("_R")
                ? RustPath.read(symbol)
                : CxxParser.readName(symbol).map(name -> rust(name).orElse(name));
    }

    /** Says whether a symbol is the mangled name of something in C++ or Rust. */
    public static boolean isMangled(String symbol) {
        return symbol.startsWith("_Z") || symbol.startsWith("_R");
    }

    private static SourceName of(CxxFunction function) {
        Optional<String> rust = rust(function.name());
        if (rust.isPresent()) {
            return plain(rust.get());
        }
        String signature = function.name() + function.suffix();
        return new SourceName(
                TAG.matcher(function.bare()).replaceAll(""),
                Stream.of(function.bare(), function.name(), signature)
                        .map(SourceName::key)
                        .distinct()
                        .toList(),
                key(function.full()),
                signature);
    }

    private static SourceName plain(String name) {
        return new SourceName(name, List.of(key(name)), key(name), name);
    }

    /** Rust's older mangling is that of C++ with a hash behind the name, and escapes for what C++ has not. */
    private static Optional<String> rust(String name) {
        int at = name.length() - RUST_HASH_LENGTH;
        if (at < 0 || !RUST_HASH.matcher(name).region(at, name.length()).matches()) {
            return Optional.empty();
        }
        String path = name.substring(0, at).replace("::_$", "::$");
        path = path.startsWith("_$") ? path.substring(1) : path;
        if (path.indexOf('$') < 0 && !path.contains("..")) {
            return Optional.of(path);
        }
        return Optional.of(
                RUST_ESCAPE.matcher(path).replaceAll(m -> Matcher.quoteReplacement(rustEscape(m.group(), m.group(1)))));
    }

    private static String rustEscape(String whole, String letters) {
        if (whole.equals("..")) {
            return "::";
        }
        return switch (letters) {
            case "SP" -> "@";
            case "BP" -> "*";
            case "RF" -> "&";
            case "LT" -> "<";
            case "GT" -> ">";
            case "LP" -> "(";
            case "RP" -> ")";
            case "C" -> ",";
            default ->
                letters.matches("u[0-9a-f]{1,5}")
                        ? Character.toString(Integer.parseInt(letters.substring(1), 16))
                        : whole;
        };
    }

    /** What two spellings of one name have in common: {@code f(const char *)} and {@code f(char const*)}. */
    public static String key(String name) {
        String text = name;
        if (text.indexOf('[') >= 0) {
            text = TAG.matcher(text).replaceAll("");
        }
        if (text.indexOf(' ') >= 0) {
            text = STRING.matcher(text).replaceAll("std::string");
            text = WEST_CONST.matcher(text).replaceAll("$1 const");
            text = BLANK.matcher(text).replaceAll("");
        }
        return text.replace("(void)", "()");
    }
}
