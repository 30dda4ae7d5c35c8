package io.probeunit.internal.plan;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long the calls of a function may take: each of them, or a share of them.
 *
 * @param percent of the calls that must be so, the fastest ones, above 0 and below 100; empty for all calls
 * @param limit a condition on {@link CaptureSource.Took}, which these calls satisfy
 * @param text as it is written
 */
public record Latency(Optional<BigDecimal> percent, Condition limit, String text) {

    private static final Capture TOOK = new Capture(new CaptureSource.Took(), Optional.empty());
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final Pattern SYNTAX =
            Pattern.compile("\\s*(?:p\\s*(\\d{1,2}(?:\\.\\d{1,3})?)\\s*)?(<=|>=|<|>)\\s*(.*)");
    private static final Pattern TIME = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?)\\s*(ns|us|µs|ms|s)");

    /**
     * Reads {@code < 5ms}, {@code >= 100us}, {@code p99 < 5ms}.
     *
     * @param text of an attribute {@code took}
     * @param bounds how many calls are expected
     * @return what is asked for
     * @throws PlanException if it is not understood, can never be decided, or is about no calls
     */
    public static Latency parse(String text, CountBounds bounds) {
        Matcher syntax = SYNTAX.matcher(text);
        Optional<BigInteger> nanos = syntax.matches() ? nanos(syntax.group(3)) : Optional.empty();
        if (nanos.isEmpty()) {
            throw new PlanException(
                    "took = \"%s\" is not understood (PU0241). Write an operator and a time, such as \"< 5ms\", or a percentile first, such as \"p99 < 5ms\". The operators are < <= > >=; the units are ns, us, ms, s."
                            .formatted(text));
        }
        if (bounds.atMost() == 0) {
            throw new PlanException(
                    "took = \"%s\" is about calls, and no call is allowed here (PU0242). Leave out one of the two."
                            .formatted(text));
        }
        Comparison comparison = Comparison.startOf(syntax.group(2)).orElseThrow();
        Optional<BigDecimal> percent = Optional.ofNullable(syntax.group(1)).map(BigDecimal::new);
        percent.ifPresent(share -> check(share, comparison, bounds, text));
        return new Latency(percent, condition(comparison, nanos.get()), text.strip());
    }

    /**
     * A time as people write it.
     *
     * @param text such as {@code 5ms} or {@code 1.5 us}
     * @return in nanoseconds; empty if it is none, or finer than a nanosecond
     */
    static Optional<BigInteger> nanos(String text) {
        Matcher time = TIME.matcher(text.strip());
        if (!time.matches()) {
            return Optional.empty();
        }
        int digits = switch (time.group(2)) {
            case "ns" -> 0;
            case "ms" -> 6;
            case "s" -> 9;
            default -> 3;
        };
        BigDecimal nanos = new BigDecimal(time.group(1)).movePointRight(digits).stripTrailingZeros();
        return nanos.scale() > 0 ? Optional.empty() : Optional.of(nanos.toBigIntegerExact());
    }

    /**
     * What a call satisfies that takes too long, or not long enough.
     *
     * @return the opposite of {@link #limit()}
     */
    public Condition violation() {
        Condition.Literal.Number nanos = (Condition.Literal.Number) limit.literal();
        return condition(limit.comparison().opposite(), nanos.value());
    }

    /**
     * How many calls may violate the limit.
     *
     * @param calls all that count, 0 or more
     * @return 0 if the limit is for all calls; else by the nearest rank: of {@code n} calls, {@code n - ceil(n * percent /
     *     100)}
     */
    public long allowed(long calls) {
        return percent.map(share -> calls
                        - BigDecimal.valueOf(calls)
                                .multiply(share)
                                .divide(HUNDRED, 0, RoundingMode.CEILING)
                                .longValueExact())
                .orElse(0L);
    }

    /**
     * What a call that has not returned yet says.
     *
     * @param nanos since it began
     * @return whether it violates the limit, whenever it returns; empty if that is not known yet
     */
    public Optional<Boolean> violatedBy(long nanos) {
        boolean holds = limit.holds(nanos, false);
        boolean lower = limit.comparison() == Comparison.GREATER || limit.comparison() == Comparison.AT_LEAST;
        return lower == holds ? Optional.of(!holds) : Optional.empty();
    }

    @Override
    public String toString() {
        return percent.map(share -> share.toPlainString() + " % of them took ").orElse("each took ")
                + limit.text().substring(limit.text().indexOf(' ') + 1);
    }

    private static void check(BigDecimal share, Comparison comparison, CountBounds bounds, String text) {
        if (comparison == Comparison.GREATER || comparison == Comparison.AT_LEAST) {
            throw new PlanException(
                    "took = \"%s\": a percentile is an upper limit (PU0243). Write < or <=, or leave the percentile out."
                            .formatted(text));
        }
        if (share.signum() == 0) {
            throw new PlanException("took = \"%s\": there is no percentile 0 (PU0244).".formatted(text));
        }
        BigDecimal needed = HUNDRED.divide(HUNDRED.subtract(share), 0, RoundingMode.CEILING);
        if (BigDecimal.valueOf(bounds.atLeast()).compareTo(needed) < 0) {
            throw new PlanException(
                    "took = \"%s\": of fewer than %s calls this percentile is the slowest call (PU0245). Give atLeast = %2$s or more, or leave the percentile out."
                            .formatted(text, needed.toPlainString()));
        }
    }

    private static Condition condition(Comparison comparison, BigInteger nanos) {
        String text = "took %s %s".formatted(comparison.symbol(), Nanos.text(nanos));
        return new Condition(TOOK, comparison, new Condition.Literal.Number(nanos), text);
    }
}
