package io.probeunit.internal.plan;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Times as people read them. */
public final class Nanos {

    private static final BigInteger THOUSAND = BigInteger.valueOf(1000);
    private static final String[] UNITS = {"ns", "us", "ms"};

    private Nanos() {}

    /**
     * A time in the largest unit of which it has one whole.
     *
     * @param nanos nanoseconds, 0 or more
     * @return exact, for example {@code 1.25 ms}
     */
    public static String text(BigInteger nanos) {
        int unit = 0;
        for (BigInteger rest = nanos; rest.compareTo(THOUSAND) >= 0 && unit < UNITS.length; unit++) {
            rest = rest.divide(THOUSAND);
        }
        String number = new BigDecimal(nanos, 3 * unit).stripTrailingZeros().toPlainString();
        return number + " " + (unit < UNITS.length ? UNITS[unit] : "s");
    }
}
