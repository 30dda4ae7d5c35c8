package io.probeunit.internal.plan;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A share of a number of things, in percent.
 *
 * @param percent above 0, at most 100
 */
public record Share(BigDecimal percent) {

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,6})?)\\s*%");
    private static final BigDecimal ALL = BigDecimal.valueOf(100);

    /** Checks the number. */
    public Share {
        percent = percent.stripTrailingZeros();
        if (percent.signum() <= 0 || percent.compareTo(ALL) > 0) {
            throw new PlanException(
                    "atLeast = \"%s%%\" always or never holds (PU1306); give a percentage above 0, and at most 100."
                            .formatted(percent.toPlainString()));
        }
    }

    /**
     * Reads a share.
     *
     * @param text such as {@code 60%} or {@code 99.5%}
     * @return the share
     * @throws PlanException if it is no such text, or out of range
     */
    public static Share parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new PlanException(
                    "atLeast = \"%s\" is not a share (PU1307); write a percentage such as \"60%%\" or \"99.5%%\"."
                            .formatted(text.replaceAll("\\p{Cntrl}", "\ufffd")));
        }
        return new Share(new BigDecimal(matcher.group(1)));
    }

    /**
     * Says whether some things are enough.
     *
     * @param some how many there are
     * @param all of how many
     * @return true if they are at least this share; exact
     */
    public boolean isReached(long some, long all) {
        return BigDecimal.valueOf(some).multiply(ALL).compareTo(percent.multiply(BigDecimal.valueOf(all))) >= 0;
    }

    /**
     * A share in words.
     *
     * @param some how many there are
     * @param all of how many; above 0
     * @return rounded down, so that less than a share is never printed as it: {@code 59.9 %}
     */
    public static String text(long some, long all) {
        return BigDecimal.valueOf(some)
                        .multiply(ALL)
                        .divide(BigDecimal.valueOf(all), 1, RoundingMode.DOWN)
                        .stripTrailingZeros()
                        .toPlainString()
                + " %";
    }

    /** As a person writes it. */
    @Override
    public String toString() {
        return percent.toPlainString() + " %";
    }
}
