package io.probeunit.internal.recording;

import io.probeunit.internal.plan.CountBounds;
import java.util.List;
import java.util.stream.Stream;

/** What became of an expectation. */
public sealed interface Verdict {

    /** It is true, whatever is not known. */
    record Met() implements Verdict {}

    /** It is false, whatever is not known. */
    record Unmet() implements Verdict {}

    /**
     * It depends on what is in doubt.
     *
     * @param doubts in a person's words
     */
    record Inconclusive(List<String> doubts) implements Verdict {

        /** Keeps a copy of the list. */
        public Inconclusive {
            doubts = List.copyOf(doubts);
        }

        /**
         * The doubts on one line.
         *
         * @return separated by semicolons, without a full stop
         */
        public String text() {
            return String.join("; ", doubts);
        }
    }

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
        return new Inconclusive(seen.doubtsOfCount());
    }

    /**
     * What two verdicts make together, both of which must be met.
     *
     * @param other another one
     * @return unmet if one is; else inconclusive if one is
     */
    default Verdict and(Verdict other) {
        if (this instanceof Unmet || other.isMet()) {
            return this;
        }
        return other instanceof Inconclusive more && this instanceof Inconclusive its
                ? new Inconclusive(Stream.concat(its.doubts().stream(), more.doubts().stream())
                        .distinct()
                        .toList())
                : other;
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
