package io.probeunit.internal.plan;

/**
 * How many firings an expectation asks for.
 *
 * @param atLeast lowest count that is right, 0 or more
 * @param atMost highest count that is right, {@link #UNLIMITED} for no limit
 */
public record CountBounds(long atLeast, long atMost) {

    /** No upper limit. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    private static final long NOT_GIVEN = -1;

    /** Checks that some count is right. */
    public CountBounds {
        if (atLeast < 0 || atMost < atLeast) {
            throw new PlanException(
                    "atLeast = %d and atMost = %d contradict each other: no count satisfies both (PU0233)."
                            .formatted(atLeast, atMost));
        }
    }

    /**
     * Reads the attributes of an expectation, of which -1 is "not given".
     *
     * @param times exact count
     * @param atLeast lower bound
     * @param atMost upper bound
     * @return the bounds; at least one where nothing is given
     * @throws PlanException if they contradict each other, or are below -1
     */
    public static CountBounds of(long times, long atLeast, long atMost) {
        check("times", times);
        check("atLeast", atLeast);
        check("atMost", atMost);
        if (times != NOT_GIVEN) {
            if (atLeast != NOT_GIVEN || atMost != NOT_GIVEN) {
                throw new PlanException(
                        "times = %d is given together with %s; times alone says the exact count, so leave the other out (PU0235)."
                                .formatted(
                                        times, atLeast != NOT_GIVEN ? "atLeast = " + atLeast : "atMost = " + atMost));
            }
            return new CountBounds(times, times);
        }
        if (atLeast == NOT_GIVEN && atMost == NOT_GIVEN) {
            return new CountBounds(1, UNLIMITED);
        }
        if (atLeast <= 0 && (atMost == NOT_GIVEN || atMost == UNLIMITED)) {
            throw new PlanException(
                    "%s alone can never fail, since every count satisfies it (PU0236). To record only, use @ProbeFunction or @ProbeMark; for at least one firing, leave it out."
                            .formatted(atLeast == 0 ? "atLeast = 0" : "atMost = " + atMost));
        }
        return new CountBounds(Math.max(atLeast, 0), atMost == NOT_GIVEN ? UNLIMITED : atMost);
    }

    /**
     * Says whether a count is right.
     *
     * @param count firings
     * @return true if it lies within the bounds
     */
    public boolean contains(long count) {
        return atLeast <= count && count <= atMost;
    }

    @Override
    public String toString() {
        if (atLeast == atMost) {
            return atLeast == 0 ? "never" : "exactly " + times(atLeast);
        }
        if (atMost == UNLIMITED) {
            return "at least " + times(atLeast);
        }
        return atLeast == 0 ? "at most " + times(atMost) : "%d to %s".formatted(atLeast, times(atMost));
    }

    private static void check(String attribute, long value) {
        if (value < NOT_GIVEN) {
            throw new PlanException("%s = %d is negative; give 0 or more (PU0237).".formatted(attribute, value));
        }
    }

    private static String times(long n) {
        return n == 1 ? "1 time" : n + " times";
    }
}
