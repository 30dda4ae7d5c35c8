package io.probeunit.internal.names;

import java.util.Map;
import java.util.Optional;

/** Operators and builtin types by their two or one letters; Itanium C++ ABI, 5.1.3.3 and 5.1.5.2. */
final class CxxOperators {

    private static final Map<String, String> OPERATORS = Map.ofEntries(
            Map.entry("nw", " new"),
            Map.entry("na", " new[]"),
            Map.entry("dl", " delete"),
            Map.entry("da", " delete[]"),
            Map.entry("aw", " co_await"),
            Map.entry("ps", "+"),
            Map.entry("ng", "-"),
            Map.entry("ad", "&"),
            Map.entry("de", "*"),
            Map.entry("co", "~"),
            Map.entry("pl", "+"),
            Map.entry("mi", "-"),
            Map.entry("ml", "*"),
            Map.entry("dv", "/"),
            Map.entry("rm", "%"),
            Map.entry("an", "&"),
            Map.entry("or", "|"),
            Map.entry("eo", "^"),
            Map.entry("aS", "="),
            Map.entry("pL", "+="),
            Map.entry("mI", "-="),
            Map.entry("mL", "*="),
            Map.entry("dV", "/="),
            Map.entry("rM", "%="),
            Map.entry("aN", "&="),
            Map.entry("oR", "|="),
            Map.entry("eO", "^="),
            Map.entry("ls", "<<"),
            Map.entry("rs", ">>"),
            Map.entry("lS", "<<="),
            Map.entry("rS", ">>="),
            Map.entry("eq", "=="),
            Map.entry("ne", "!="),
            Map.entry("lt", "<"),
            Map.entry("gt", ">"),
            Map.entry("le", "<="),
            Map.entry("ge", ">="),
            Map.entry("ss", "<=>"),
            Map.entry("nt", "!"),
            Map.entry("aa", "&&"),
            Map.entry("oo", "||"),
            Map.entry("pp", "++"),
            Map.entry("mm", "--"),
            Map.entry("cm", ","),
            Map.entry("pm", "->*"),
            Map.entry("pt", "->"),
            Map.entry("cl", "()"),
            Map.entry("ix", "[]"),
            Map.entry("qu", "?"));

    private static final Map<String, String> BUILTIN = Map.ofEntries(
            Map.entry("v", "void"),
            Map.entry("w", "wchar_t"),
            Map.entry("b", "bool"),
            Map.entry("c", "char"),
            Map.entry("a", "signed char"),
            Map.entry("h", "unsigned char"),
            Map.entry("s", "short"),
            Map.entry("t", "unsigned short"),
            Map.entry("i", "int"),
            Map.entry("j", "unsigned int"),
            Map.entry("l", "long"),
            Map.entry("m", "unsigned long"),
            Map.entry("x", "long long"),
            Map.entry("y", "unsigned long long"),
            Map.entry("n", "__int128"),
            Map.entry("o", "unsigned __int128"),
            Map.entry("f", "float"),
            Map.entry("d", "double"),
            Map.entry("e", "long double"),
            Map.entry("g", "__float128"),
            Map.entry("z", "..."));

    private static final Map<Character, String> BUILTIN_D = Map.of(
            'd',
            "decimal64",
            'e',
            "decimal128",
            'f',
            "decimal32",
            'h',
            "half",
            'i',
            "char32_t",
            's',
            "char16_t",
            'u',
            "char8_t",
            'a',
            "auto",
            'c',
            "decltype(auto)",
            'n',
            "decltype(nullptr)");

    private static final Map<Character, String> STANDARD = Map.of(
            't',
            "std",
            'a',
            "std::allocator",
            'b',
            "std::basic_string",
            's',
            "std::basic_string<char, std::char_traits<char>, std::allocator<char> >",
            'i',
            "std::basic_istream<char, std::char_traits<char> >",
            'o',
            "std::basic_ostream<char, std::char_traits<char> >",
            'd',
            "std::basic_iostream<char, std::char_traits<char> >");

    private CxxOperators() {}

    static Optional<String> operator(String letters) {
        return Optional.ofNullable(OPERATORS.get(letters));
    }

    static Optional<String> builtin(char letter) {
        return Optional.ofNullable(BUILTIN.get(String.valueOf(letter)));
    }

    /** Those that are written with a {@code D} before the letter. */
    static Optional<String> builtinAfterD(char letter) {
        return Optional.ofNullable(BUILTIN_D.get(letter));
    }

    /** Abbreviations: {@code S} and a letter. */
    static Optional<CxxName> standard(char letter) {
        return Optional.ofNullable(STANDARD.get(letter)).map(text -> {
            String bare = text.replaceFirst("<.*", "");
            return new CxxName(text, bare, bare.substring(bare.lastIndexOf(':') + 1), false, true, "");
        });
    }
}
