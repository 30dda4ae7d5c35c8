package io.probeunit.recording;

import io.probeunit.plan.CountBounds;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is known of a count: that it lies between {@link #certain()} and {@link #possible()}.
 *
 * @param certain firings that count for sure
 * @param fired all firings that the engine counted, whatever the conditions
 * @param dropped those of {@code fired} whose details were dropped
 * @param judged those of {@code dropped} of which the engine itself found out whether they satisfy the conditions
 * @param undecided firings of which the conditions could not be decided, since text was cut or memory not readable
 * @param filtered whether there are conditions; without, dropped details don't matter
 * @param doubts what makes the counters themselves lower bounds, in a person's words
 */
public record Observation(
        long certain, long fired, long dropped, long judged, long undecided, boolean filtered, List<String> doubts) {

    /** Keeps a copy of the list. */
    public Observation {
        doubts = List.copyOf(doubts);
    }

    /** Nothing fired, and that is sure. */
    static final Observation NOTHING = new Observation(0, 0, 0, 0, 0, false, List.of());

    /**
     * An exact count, of which all details are there.
     *
     * @param count firings
     * @return the observation
     */
    public static Observation exactly(long count) {
        return new Observation(count, count, 0, 0, 0, false, List.of());
    }

    /**
     * The highest that the count can be.
     *
     * @return {@link CountBounds#UNLIMITED} if the counters are lower bounds
     */
    public long possible() {
        if (!doubts.isEmpty()) {
            return CountBounds.UNLIMITED;
        }
        return filtered ? certain + undecided + dropped - judged : certain;
    }

    /**
     * Says whether the count is known.
     *
     * @return true if {@link #certain()} is the count
     */
    public boolean isExact() {
        return certain == possible();
    }

    /**
     * Why the count is not known.
     *
     * @return reasons in a person's words; empty if the count is exact
     */
    public List<String> reasons() {
        return isExact() ? List.of() : filtered ? gaps(dropped - judged) : doubts;
    }

    /**
     * What is missing for knowing each single firing.
     *
     * @return in a person's words; empty if all details are there
     */
    public List<String> gaps() {
        return gaps(dropped);
    }

    /**
     * The count in words.
     *
     * @return for example {@code 3 times}, {@code 3 to 7 times}, {@code at least 3 times}
     */
    public String describe() {
        if (isExact()) {
            return Words.times(certain);
        }
        return possible() == CountBounds.UNLIMITED
                ? "at least " + Words.times(certain)
                : "%d to %s".formatted(certain, Words.times(possible()));
    }

    /** The sum of two observations of different points. */
    Observation plus(Observation other) {
        return new Observation(
                certain + other.certain,
                fired + other.fired,
                dropped + other.dropped,
                judged + other.judged,
                undecided + other.undecided,
                filtered || other.filtered,
                Stream.concat(doubts.stream(), other.doubts.stream()).distinct().toList());
    }

    private List<String> gaps(long missing) {
        return Stream.of(
                        doubts.stream(),
                        reason(missing, "the details of %s were dropped"),
                        reason(undecided, "on %s the conditions could not be decided (text cut, or unreadable)"))
                .flatMap(s -> s)
                .toList();
    }

    private Stream<String> reason(long count, String text) {
        return count > 0 ? Stream.of(text.formatted(Words.firings(count))) : Stream.of();
    }
}
