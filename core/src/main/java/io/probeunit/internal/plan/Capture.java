package io.probeunit.internal.plan;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value to record at each firing.
 *
 * @param source where it comes from
 * @param type how it is read; empty for the type of the mark's note, or the raw register of a function
 */
public record Capture(CaptureSource source, Optional<ValueType> type) {

    private static final Pattern ARGUMENT = Pattern.compile("arg(\\d{1,3})");
    private static final Pattern VARIABLE = Pattern.compile("\\$(" + CaptureSource.Variable.PATH + ")");

    /**
     * Reads {@code arg1}, {@code arg2:string}, {@code return:s32}, {@code $name}, {@code $order->id}.
     *
     * @param text one entry of a {@code capture} attribute, or the left side of a condition
     * @return the capture
     * @throws PlanException if it is none of these
     */
    public static Capture parse(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        return new Capture(
                source(name.strip(), text),
                colon < 0
                        ? Optional.empty()
                        : Optional.of(type(text.substring(colon + 1).strip(), text)));
    }

    /**
     * The name of the value in a firing's captures.
     *
     * @return the name without the type
     */
    public String key() {
        return source.key();
    }

    /**
     * Says whether the value is text.
     *
     * @return true for the type {@code string}
     */
    public boolean isString() {
        return type.filter(ValueType::isString).isPresent();
    }

    /**
     * Says whether the user stack is meant, which is no value.
     *
     * @return true for {@code stack}
     */
    public boolean isStack() {
        return source instanceof CaptureSource.Stack;
    }

    @Override
    public String toString() {
        return key() + type.map(t -> ":" + t.keyword()).orElse("");
    }

    private static CaptureSource source(String name, String text) {
        if (text.equals(CaptureSource.Stack.NAME)) {
            return new CaptureSource.Stack();
        }
        if (name.equals("return")) {
            return new CaptureSource.ReturnValue();
        }
        if (name.equals("took")) {
            return new CaptureSource.Took();
        }
        Matcher argument = ARGUMENT.matcher(name);
        if (argument.matches()) {
            return new CaptureSource.Argument(Integer.parseInt(argument.group(1)));
        }
        Matcher variable = VARIABLE.matcher(name);
        if (variable.matches()) {
            return new CaptureSource.Variable(variable.group(1));
        }
        throw new PlanException(
                "\"%s\" names no value; write arg1 to arg%d, return (with onReturn = true), or $name for a parameter, each with an optional type, such as arg2:string, or stack (PU0213)."
                        .formatted(text, CaptureSource.Argument.MOST));
    }

    private static ValueType type(String keyword, String text) {
        return ValueType.of(keyword)
                .orElseThrow(() ->
                        new PlanException("\"%s\" gives the type '%s', which does not exist (PU0214); the types are %s."
                                .formatted(text, keyword, ValueType.keywords())));
    }
}
