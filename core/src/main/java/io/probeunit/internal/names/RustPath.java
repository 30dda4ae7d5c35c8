package io.probeunit.internal.names;

import java.util.Map;
import java.util.Optional;

/**
 * Reads Rust's mangled names of the second kind (RFC 2603, {@code _R…}): paths of functions, methods and closures. Generic
 * arguments are left out, hashes of crates too. For one name and one thread.
 */
final class RustPath {

    private static final int DEEPEST = 60;
    private static final Map<Character, String> BASIC = Map.ofEntries(
            Map.entry('a', "i8"),
            Map.entry('b', "bool"),
            Map.entry('c', "char"),
            Map.entry('d', "f64"),
            Map.entry('e', "str"),
            Map.entry('f', "f32"),
            Map.entry('h', "u8"),
            Map.entry('i', "isize"),
            Map.entry('j', "usize"),
            Map.entry('l', "i32"),
            Map.entry('m', "u32"),
            Map.entry('n', "i128"),
            Map.entry('o', "u128"),
            Map.entry('s', "i16"),
            Map.entry('t', "u16"),
            Map.entry('u', "()"),
            Map.entry('x', "i64"),
            Map.entry('y', "u64"),
            Map.entry('z', "!"),
            Map.entry('p', "_"));

    private final String text;
    private int at;
    private int depth;

    private RustPath(String text) {
        this.text = text;
    }

    private static final class Unknown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unknown() {
            super("", null, false, false);
        }
    }

    /** Reads a symbol; empty if it is none of this kind, or not understood. */
    static Optional<String> read(String symbol) {
        if (!symbol.startsWith("_R")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new RustPath(symbol.substring(2)).path());
        } catch (Unknown notUnderstood) {
            return Optional.empty();
        }
    }

    private String path() {
        if (++depth > DEEPEST) {
            throw new Unknown();
        }
        char kind = next();
        String path = switch (kind) {
            case 'C' -> identifier();
            case 'N' -> nested();
            case 'M' -> {
                skipImplementation();
                yield "<" + type() + ">";
            }
            case 'X' -> {
                skipImplementation();
                String type = type();
                yield "<" + type + " as " + path() + ">";
            }
            case 'Y' -> {
                String type = type();
                yield "<" + type + " as " + path() + ">";
            }
            case 'I' -> {
                String generic = path();
                while (peek() != 'E') {
                    argument();
                }
                at++;
                yield generic;
            }
            case 'B' -> backReference(true);
            default -> throw new Unknown();
        };
        depth--;
        return path;
    }

    private String nested() {
        char namespace = next();
        String inner = path();
        String name = identifier();
        return switch (namespace) {
            case 'C' -> inner + "::{closure}";
            case 'S' -> inner + "::{shim}";
            default -> name.isEmpty() ? inner : inner + "::" + name;
        };
    }

    /** Where an implementation stands says nothing about the function. */
    private void skipImplementation() {
        if (peek() == 's') {
            at++;
            base62();
        }
        path();
    }

    private void argument() {
        if (peek() == 'L') {
            at++;
            base62();
        } else if (peek() == 'K') {
            throw new Unknown();
        } else {
            type();
        }
    }

    private String type() {
        if (++depth > DEEPEST) {
            throw new Unknown();
        }
        String type = typeAtDepth();
        depth--;
        return type;
    }

    private String typeAtDepth() {
        char c = peek();
        if (BASIC.containsKey(c)) {
            at++;
            return BASIC.get(c);
        }
        return switch (c) {
            case 'R' -> "&" + behindLifetime();
            case 'Q' -> "&mut " + behindLifetime();
            case 'P' -> "*const " + behind();
            case 'O' -> "*mut " + behind();
            case 'S' -> "[" + behind() + "]";
            case 'T' -> tuple();
            case 'B' -> {
                at++;
                yield backReference(false);
            }
            case 'C', 'N', 'M', 'X', 'Y', 'I' -> path();
            default -> throw new Unknown();
        };
    }

    private String behind() {
        at++;
        return type();
    }

    private String behindLifetime() {
        at++;
        if (peek() == 'L') {
            at++;
            base62();
        }
        return type();
    }

    private String tuple() {
        at++;
        StringBuilder types = new StringBuilder("(");
        while (peek() != 'E') {
            types.append(types.length() > 1 ? ", " : "").append(type());
        }
        at++;
        return types.append(')').toString();
    }

    private String backReference(boolean isPath) {
        int here = at - 1;
        long to = base62();
        if (to < 0 || to >= here) {
            throw new Unknown();
        }
        int after = at;
        at = (int) to;
        String there = isPath ? path() : type();
        at = after;
        return there;
    }

    private String identifier() {
        if (peek() == 's') {
            at++;
            base62();
        }
        boolean punycode = peek() == 'u';
        if (punycode) {
            at++;
        }
        int from = at;
        int length = 0;
        for (char c = peek(); c >= '0' && c <= '9' && at - from <= 6; c = peek()) {
            length = length * 10 + c - '0';
            at++;
        }
        if (at == from || at - from > 6) {
            throw new Unknown();
        }
        if (peek() == '_') {
            at++;
        }
        if (length > text.length() - at || punycode) {
            throw new Unknown();
        }
        at += length;
        return text.substring(at - length, at);
    }

    /** {@code _} is 0, {@code 0_} is 1. The hash of a crate has 64 bits. */
    private long base62() {
        long value = 0;
        if (peek() == '_') {
            at++;
            return 0;
        }
        while (peek() != '_') {
            char c = next();
            int digit = Character.isDigit(c)
                    ? c - '0'
                    : c >= 'a' && c <= 'z' ? c - 'a' + 10 : c >= 'A' && c <= 'Z' ? c - 'A' + 36 : -1;
            if (digit < 0) {
                throw new Unknown();
            }
            value = value * 62 + digit;
        }
        at++;
        return value + 1;
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private char next() {
        char c = peek();
        if (c == 0) {
            throw new Unknown();
        }
        at++;
        return c;
    }
}
