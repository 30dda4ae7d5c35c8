package io.probeunit.internal.recording;

import io.probeunit.internal.plan.CountBounds;

/** What became of an expectation. */
public sealed interface Verdict {

    /** It is true, whatever is not known. */
    record Met() implements Verdict {}

    /** It is false, whatever is not known. */
    record Unmet() implements Verdict {}

    /**
     * What is not known decides.
     *
     * @param reason what that is, in a person's words
     */
    record Inconclusive(String reason) implements Verdict {}

    /**
     * Judges a count.
     *
     * @param seen what is known of it
     * @param bounds the counts that are right
     * @return met if all counts that are possible are right, unmet if none is
     */
    static Verdict of(Observation seen, CountBounds bounds) {
        if (bounds.contains(seen.certain()) && bounds.contains(seen.possible())) {
            return new Met();
        }
        if (seen.certain() > bounds.atMost() || seen.possible() < bounds.atLeast()) {
            return new Unmet();
        }
        return new Inconclusive(String.join("; ", seen.reasons()));
    }

    /**
     * Says whether the test may pass.
     *
     * @return true for {@link Met}
     */
    default boolean isMet() {
        return this instanceof Met;
    }
}
