package io.probeunit.internal.names;

/** A place in a mangled name, and what is read there: characters, numbers and identifiers. */
final class CxxCursor {

    private static final int MOST_DIGITS = 6;

    private final String text;
    private int at;

    CxxCursor(String text, int at) {
        this.text = text;
        this.at = at;
    }

    int at() {
        return at;
    }

    void skip(int characters) {
        at += characters;
    }

    /** The next character, 0 at the end. */
    char peek() {
        return peek(0);
    }

    char peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : 0;
    }

    /** So many characters, or fewer at the end. */
    String next(int characters) {
        return text.substring(at, Math.min(at + characters, text.length()));
    }

    boolean is(String expected) {
        return text.startsWith(expected, at);
    }

    /** Says whether the character behind the next is one of these. */
    boolean isOneOf(String letters) {
        return at + 1 < text.length() && letters.indexOf(peek(1)) >= 0;
    }

    boolean take(String expected) {
        boolean there = is(expected);
        if (there) {
            at += expected.length();
        }
        return there;
    }

    void expect(String expected) {
        if (!take(expected)) {
            throw new CxxNotUnderstood();
        }
    }

    /** Says whether nothing is left. */
    boolean isAtEnd() {
        return at >= text.length();
    }

    /** Says whether nothing more belongs to the function: the end, or what closes it. */
    boolean isEndOfFunction() {
        return isAtEnd() || peek() == 'E' || peek() == '.' || peek() == '@';
    }

    /** Says whether a compiler appended something behind a dot: identifiers that were read may hold dots of their own. */
    boolean hasSuffix() {
        return text.indexOf('.', at) >= 0;
    }

    String digits() {
        int from = at;
        while (isDigit(peek())) {
            at++;
        }
        return text.substring(from, at);
    }

    /** Counted from 1: {@code _} is the first, {@code 0_} the second. */
    int number() {
        String digits = digits();
        expect("_");
        return digits.isEmpty() ? 1 : parsed(digits) + 2;
    }

    /** An identifier behind its length. */
    String source() {
        int length = parsed(digits());
        if (length == 0 || length > text.length() - at) {
            throw new CxxNotUnderstood();
        }
        at += length;
        return text.substring(at - length, at);
    }

    static int parsed(String digits) {
        if (digits.isEmpty() || digits.length() > MOST_DIGITS) {
            throw new CxxNotUnderstood();
        }
        return Integer.parseInt(digits);
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
