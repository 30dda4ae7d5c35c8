package io.probeunit.internal.names;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A type of C++ as text around what it declares: {@code void (*} and {@code )(int)} of a pointer to a function.
 *
 * @param left what stands before a declared name
 * @param right what stands behind it
 * @param pack the elements if this is a pack of template arguments, whose own text is then empty
 * @param isPack whether it is one
 */
record CxxType(String left, String right, List<CxxType> pack, boolean isPack) implements CxxEntry {

    CxxType {
        pack = List.copyOf(pack);
    }

    static CxxType of(String text) {
        return new CxxType(text, "", List.of(), false);
    }

    static CxxType of(String left, String right) {
        return new CxxType(left, right, List.of(), false);
    }

    static CxxType pack(List<CxxType> elements) {
        return new CxxType("", "", elements, true);
    }

    String text() {
        return isPack ? String.join(", ", pack.stream().map(CxxType::text).toList()) : left + right;
    }

    /** A qualifier behind the type, such as {@code const}. */
    CxxType qualified(String qualifier) {
        return each(t -> t.right.startsWith("(") || t.right.startsWith(" [")
                ? t.right.startsWith("(")
                        ? CxxType.of(t.left, t.right + " " + qualifier)
                        : CxxType.of(t.left + " " + qualifier, t.right)
                : CxxType.of(t.left + " " + qualifier, t.right));
    }

    /** A pointer to the type; for functions and arrays, in parentheses. */
    CxxType pointer(String sign) {
        return each(t -> {
            if (t.right.startsWith("(")) {
                return CxxType.of(t.left + "(" + sign, ")" + t.right);
            }
            if (t.right.startsWith(" [")) {
                return CxxType.of(t.left + " (" + sign, ")" + t.right);
            }
            return CxxType.of(t.left + sign, t.right);
        });
    }

    /** A reference to the type; of references, the lvalue reference remains. */
    CxxType reference(String sign) {
        return each(t -> {
            if (t.left.endsWith("&&")) {
                return sign.equals("&") ? CxxType.of(t.left.substring(0, t.left.length() - 1), t.right) : t;
            }
            return t.left.endsWith("&") ? t : t.pointer(sign);
        });
    }

    CxxType each(UnaryOperator<CxxType> change) {
        return isPack ? pack(pack.stream().map(e -> e.each(change)).toList()) : change.apply(this);
    }
}
