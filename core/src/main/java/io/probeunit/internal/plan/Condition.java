package io.probeunit.internal.plan;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/**
 * A comparison of one captured value with a literal: {@code NAME OP LITERAL}.
 *
 * <p>Immutable and thread-safe.
 *
 * @param value the value compared, with the type it is read by
 * @param comparison the operator
 * @param literal what it is compared with
 * @param text the condition as written
 */
public record Condition(Capture value, Comparison comparison, Literal literal, String text) {

    private static final Pattern SYNTAX = Pattern.compile(
            "\\s*(\\$?" + CaptureSource.Variable.PATH + "(?:\\s*:\\s*\\w+)?)\\s*(==|!=|<=|>=|=~|<|>)(.*)",
            Pattern.DOTALL);
    /**
     * Look-around, atomic groups, possessive quantifiers and the end of the input: with these, more text can turn a match
     * into none, and {@link Matcher#requireEnd()} does not say so.
     */
    private static final Pattern LOOKS_BEYOND = Pattern.compile("\\(\\?|[*+?}]\\+|\\\\z");

    /** The beginning of one more comparison. */
    private static final Pattern ANOTHER =
            Pattern.compile("(\\s*(?:&&|\\|\\|)|\\s(?:and|or)(?=\\s))\\s*(?:arg\\d+|return|took|\\$"
                    + CaptureSource.Variable.PATH + ")(?:\\s*:\\s*\\w+)?\\s*(?:==|!=|<=|>=|=~|<|>)");

    private static final BigInteger LOWEST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger HIGHEST =
            BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);

    /** The right side of a condition. */
    public sealed interface Literal {

        /**
         * An integer.
         *
         * @param value from -2^63 to 2^64-1
         */
        record Number(BigInteger value) implements Literal {}

        /**
         * Text to be equal to.
         *
         * @param value without the quotes
         */
        record Text(String value) implements Literal {}

        /**
         * A regular expression.
         *
         * @param expression to be found somewhere in the value
         */
        record Expression(Pattern expression) implements Literal {
            @Override
            public boolean equals(Object other) {
                return other instanceof Expression that && expression.pattern().equals(that.expression.pattern());
            }

            @Override
            public int hashCode() {
                return expression.pattern().hashCode();
            }
        }
    }

    /**
     * Reads a condition. The value takes its type from the condition itself ({@code arg1:s32 == -2}), else from the
     * capture of that name.
     *
     * @param text the condition
     * @param captures the values that the same annotation captures
     * @return the condition
     * @throws PlanException if the text is no comparison, or compares a number with text
     */
    public static Condition parse(String text, List<Capture> captures) {
        Matcher syntax = SYNTAX.matcher(text);
        if (!syntax.matches()) {
            throw new PlanException(
                    "where = \"%s\" is not a comparison; write NAME OP LITERAL, such as \"arg1 == 42\" or \"arg2:string =~ ^SELECT\" (PU0223). %s"
                            .formatted(text, operators()));
        }
        refuseSeveral(syntax.group(3), text);
        Capture value = typed(named(syntax.group(1), text, captures), captures);
        Comparison comparison = Comparison.startOf(syntax.group(2)).orElseThrow();
        return new Condition(
                value, comparison, literal(value, comparison, unquoted(syntax.group(3), text), text), text.strip());
    }

    /**
     * Says whether an integer satisfies this condition.
     *
     * @param number the 64 bits as the type of the value reads them
     * @param signed whether the highest bit is a sign
     * @return true if it does
     */
    public boolean holds(long number, boolean signed) {
        if (!(literal instanceof Literal.Number wanted)) {
            throw new IllegalStateException(text + " compares text");
        }
        BigInteger seen = signed ? BigInteger.valueOf(number) : new BigInteger(Long.toUnsignedString(number));
        return comparison.holds(seen.compareTo(wanted.value()));
    }

    /**
     * Says whether a text satisfies this condition.
     *
     * @param seen the whole text, or its beginning
     * @param cut whether {@code seen} may be only the beginning
     * @return empty if that depends on the part that is missing
     */
    public Optional<Boolean> holds(String seen, boolean cut) {
        if (literal instanceof Literal.Text wanted) {
            return equality(seen, cut, wanted.value());
        }
        if (literal instanceof Literal.Expression wanted) {
            return found(seen, cut, wanted.expression());
        }
        throw new IllegalStateException(text + " compares numbers");
    }

    /**
     * Says whether this condition is decided by the type of the value alone.
     *
     * @param bits the width of the value, 8 to 64
     * @param signed whether the highest bit is a sign
     * @return true if every value satisfies it, false if none does; empty if that depends on the value
     */
    public Optional<Boolean> decidedBy(int bits, boolean signed) {
        if (!(literal instanceof Literal.Number wanted)) {
            return Optional.empty();
        }
        BigInteger lowest = signed ? BigInteger.ONE.shiftLeft(bits - 1).negate() : BigInteger.ZERO;
        BigInteger highest = lowest.add(BigInteger.ONE.shiftLeft(bits)).subtract(BigInteger.ONE);
        boolean atLowest = comparison.holds(lowest.compareTo(wanted.value()));
        boolean atHighest = comparison.holds(highest.compareTo(wanted.value()));
        boolean within = lowest.compareTo(wanted.value()) <= 0 && wanted.value().compareTo(highest) <= 0;
        boolean isEquality = comparison == Comparison.EQUAL || comparison == Comparison.NOT_EQUAL;
        return atLowest != atHighest || isEquality && within ? Optional.empty() : Optional.of(atLowest);
    }

    /**
     * Says whether only a declaration can tell how many bits of the value count.
     *
     * @return true if it compares a number with an argument or a return value without a type
     */
    public boolean needsDeclaredType() {
        return literal instanceof Literal.Number
                && value.type().isEmpty()
                && (value.source() instanceof CaptureSource.Argument
                        || value.source() instanceof CaptureSource.ReturnValue);
    }

    /**
     * The error for a function whose declaration is not known. A caller need not clear the upper half of a register for an
     * {@code int}, and a function not for its {@code bool} (System V psABI, 3.2.3): compared as 64 bits, a number that is
     * equal would not be.
     *
     * @param why the declaration is not known, a sentence
     * @return the message
     */
    public String withoutDeclaredType(String why) {
        String rest = text.substring(text.indexOf(value.key()) + value.key().length());
        return "where = \"%s\" compares a number, and the type of %s is not known: it is a register of 64 bits, and a function uses only the bits of its type (PU0232). Write \"%2$s:s32%s\" for an int, and :u32 for an unsigned int, :u8 for a bool, :s64 for a long, :u64 for a size_t. %s"
                .formatted(text, value.key(), rest, why);
    }

    @Override
    public String toString() {
        return text;
    }

    private Optional<Boolean> equality(String seen, boolean cut, String wanted) {
        // also where both are the same: nothing may be missing after all
        boolean undecided = cut && wanted.startsWith(seen);
        if (undecided) {
            return Optional.empty();
        }
        boolean equal = !cut && seen.equals(wanted);
        return Optional.of(equal == (comparison == Comparison.EQUAL));
    }

    private static Optional<Boolean> found(String seen, boolean cut, Pattern expression) {
        Matcher matcher = expression.matcher(seen);
        boolean found = matcher.find();
        boolean moreCouldUndo = matcher.requireEnd()
                || matcher.hitEnd()
                        && LOOKS_BEYOND.matcher(expression.pattern()).find();
        boolean endMatters = found ? moreCouldUndo : matcher.hitEnd();
        return cut && endMatters ? Optional.empty() : Optional.of(found);
    }

    /** Quotes around the literal say that all of it is text. */
    private static void refuseSeveral(String rest, String text) {
        String literal = rest.strip();
        Matcher another = ANOTHER.matcher(literal);
        if (literal.startsWith("'") && literal.endsWith("'") || !another.find()) {
            return;
        }
        String word = another.group(1).strip();
        if (word.equals("||") || word.equals("or")) {
            throw new PlanException(
                    "where = \"%s\": there is no '%s'; all conditions must be true (PU0224). For one of two values write two annotations, or a regular expression on text."
                            .formatted(text, word));
        }
        String first = text.substring(0, text.length() - rest.length() + rest.indexOf(literal) + another.start());
        throw new PlanException(
                "where = \"%s\": there is no '%s'; write several conditions as several entries (PU0225): where = {\"%s\", \"%s\"}. If it is text, put it in single quotes."
                        .formatted(
                                text,
                                word,
                                first.strip(),
                                literal.substring(another.end(1)).strip()));
    }

    private static Capture named(String name, String text, List<Capture> captures) {
        try {
            Capture value = Capture.parse(name);
            if (value.source() instanceof CaptureSource.Stack) {
                throw new PlanException(
                        "a stack is no value that can be compared (PU0246); look at it with Firing.stack(), and write arg1, return or $name here");
            }
            return value;
        } catch (PlanException e) {
            String known = captures.isEmpty()
                    ? "this annotation captures nothing"
                    : "this annotation captures "
                            + captures.stream().map(Capture::toString).collect(Collectors.joining(", "));
            throw new PlanException("where = \"%s\": %s (%s)".formatted(text, e.getMessage(), known));
        }
    }

    private static Capture typed(Capture value, List<Capture> captures) {
        return value.type().isPresent()
                ? value
                : captures.stream()
                        .filter(c -> c.source().equals(value.source()))
                        .findFirst()
                        .orElse(value);
    }

    private static Literal literal(Capture value, Comparison comparison, String literal, String text) {
        if (comparison == Comparison.FINDS) {
            requireText(value, "=~ searches text", text);
            return new Literal.Expression(expression(literal, text));
        }
        if (value.isString()) {
            if (comparison.isOrder()) {
                throw new PlanException(
                        "where = \"%s\": text has no order; use ==, != or =~ (PU0226).".formatted(text));
            }
            return new Literal.Text(literal);
        }
        return new Literal.Number(number(value, literal, text));
    }

    private static Pattern expression(String literal, String text) {
        try {
            return Pattern.compile(literal);
        } catch (PatternSyntaxException e) {
            throw new PlanException(
                    "where = \"%s\": the regular expression is not understood (PU0227): %s near index %d."
                            .formatted(text, e.getDescription(), e.getIndex()));
        }
    }

    private static BigInteger number(Capture value, String literal, String text) {
        Optional<BigInteger> number = parseNumber(value, literal);
        if (number.isEmpty()) {
            requireText(value, "'" + literal + "' is text", text);
        }
        BigInteger n = number.orElseThrow();
        if (n.compareTo(LOWEST) < 0 || n.compareTo(HIGHEST) > 0) {
            throw new PlanException(
                    "where = \"%s\": %s does not fit 64 bits, so no value can equal it (PU0228).".formatted(text, n));
        }
        return n;
    }

    /** A time may have its unit. */
    private static Optional<BigInteger> parseNumber(Capture value, String literal) {
        Optional<BigInteger> time =
                value.source() instanceof CaptureSource.Took ? Latency.nanos(literal) : Optional.empty();
        return time.or(() -> parseNumber(literal));
    }

    private static Optional<BigInteger> parseNumber(String literal) {
        boolean negative = literal.startsWith("-");
        String digits = negative ? literal.substring(1) : literal;
        boolean hex = digits.startsWith("0x") || digits.startsWith("0X");
        String body = hex ? digits.substring(2) : digits;
        if (!body.matches(hex ? "[0-9a-fA-F]+" : "[0-9]+")) {
            return Optional.empty();
        }
        BigInteger magnitude = new BigInteger(body, hex ? 16 : 10);
        return Optional.of(negative ? magnitude.negate() : magnitude);
    }

    private static void requireText(Capture value, String why, String text) {
        if (!value.isString()) {
            throw new PlanException(
                    "where = \"%s\": %s, but %s is a number; if it points to text, write %s:string (PU0229)."
                            .formatted(text, why, value, value.key()));
        }
    }

    private static String unquoted(String rest, String text) {
        String literal = rest.strip();
        boolean quoted = literal.length() >= 2 && literal.startsWith("'") && literal.endsWith("'");
        if (!quoted && literal.isEmpty()) {
            throw new PlanException(
                    "where = \"%s\" compares with nothing; for empty text write '' (PU0230).".formatted(text));
        }
        return quoted ? literal.substring(1, literal.length() - 1) : literal;
    }

    private static String operators() {
        return "The operators are == != < <= > >= =~.";
    }
}
