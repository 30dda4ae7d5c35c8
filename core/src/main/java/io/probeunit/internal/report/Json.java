package io.probeunit.internal.report;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes JSON (RFC 8259): maps as objects in their order, collections, text, numbers, booleans; an empty {@link Optional}
 * is {@code null}.
 *
 * <p>Written here because the JSON library on the class path is shaded into Testcontainers for its own use.
 */
public final class Json {

    private Json() {}

    /**
     * An object with its items in this order.
     *
     * @param namesAndValues a name, its value, the next name, and so on
     * @return may be changed
     */
    public static Map<String, Object> items(Object... namesAndValues) {
        Map<String, Object> items = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            items.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return items;
    }

    /**
     * Writes a document for programs and people: one line for each item of the outermost object, and of each list in it.
     *
     * @param root the outermost object
     * @return the text, with a line feed at its end
     * @throws IllegalArgumentException if there is a value of another type, or a number that JSON cannot say
     */
    public static String document(Map<String, ?> root) {
        return root.entrySet().stream()
                        .map(e -> "  %s: %s".formatted(text(e.getKey()), item(e.getValue())))
                        .collect(Collectors.joining(",\n", "{\n", "\n}"))
                + "\n";
    }

    private static String item(Object value) {
        return value instanceof Collection<?> list && !list.isEmpty()
                ? list.stream().map(v -> "    " + of(v)).collect(Collectors.joining(",\n", "[\n", "\n  ]"))
                : of(value);
    }

    /**
     * Writes a value in one line.
     *
     * @param value of one of these types
     * @return the text
     * @throws IllegalArgumentException if it is of another type, or a number that JSON cannot say
     */
    public static String of(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.map(Json::of).orElse("null");
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(e -> text(String.valueOf(e.getKey())) + ": " + of(e.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof Collection<?> list) {
            return list.stream().map(Json::of).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Long || value instanceof Integer || value instanceof Boolean) {
            return value.toString();
        }
        if (value instanceof Double number && Double.isFinite(number)) {
            return value.toString();
        }
        if (value instanceof String text) {
            return text(text);
        }
        throw new IllegalArgumentException("not for JSON: " + value.getClass());
    }

    /**
     * Writes a value so that it can stand in a script of an HTML page, whatever its texts have.
     *
     * @param value as for {@link #of(Object)}
     * @return JSON without {@code <}, {@code >}, {@code &} and the line ends of Unicode
     */
    public static String inScript(Object value) {
        return scriptSafe(of(value));
    }

    /**
     * Makes JSON stand in a script of an HTML page.
     *
     * @param json any JSON; these characters are only in its texts
     * @return the same values
     */
    public static String scriptSafe(String json) {
        return json.replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    /** Most texts need no escape. */
    private static String text(String text) {
        return text.chars().allMatch(Json::isPlain)
                ? '"' + text + '"'
                : text.codePoints().mapToObj(Json::character).collect(Collectors.joining("", "\"", "\""));
    }

    private static boolean isPlain(int c) {
        return c >= ' ' && c < 0x7f && c != '"' && c != '\\';
    }

    /** Half of a surrogate pair is escaped too: it could not be written in UTF-8. */
    private static String character(int c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default ->
                Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE
                        ? String.format("\\u%04x", c)
                        : Character.toString(c);
        };
    }
}
