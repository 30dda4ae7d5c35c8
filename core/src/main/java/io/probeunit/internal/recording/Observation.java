package io.probeunit.internal.recording;

import io.probeunit.internal.plan.CountBounds;
import io.probeunit.internal.plan.Doubt;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is known of a count: that it lies between {@link #certain()} and {@link #possible()}.
 *
 * @param certain firings that count for sure
 * @param surplus firings that satisfy the conditions as well, and may be no calls
 * @param fired all firings that the engine counted, whatever the conditions
 * @param dropped those of {@code fired} whose details were dropped
 * @param judged those of {@code dropped} of which the engine itself found out whether they satisfy the conditions
 * @param undecided firings of which the conditions could not be decided, since text was cut or memory not readable
 * @param filtered whether there are conditions; without, dropped details don't matter
 * @param doubts about the count, or about values
 */
public record Observation(
        long certain,
        long surplus,
        long fired,
        long dropped,
        long judged,
        long undecided,
        boolean filtered,
        List<Doubt> doubts) {

    /** Keeps a copy of the list. */
    public Observation {
        doubts = List.copyOf(doubts);
    }

    /** Nothing fired, and that is sure. */
    static final Observation NOTHING = new Observation(0, 0, 0, 0, 0, 0, false, List.of());

    /**
     * An exact count, of which all details are there.
     *
     * @param count firings
     * @return the observation
     */
    public static Observation exactly(long count) {
        return new Observation(count, 0, count, 0, 0, 0, false, List.of());
    }

    /**
     * What is known of firings on which there are no conditions.
     *
     * @param fired all firings that the engine counted
     * @param dropped those of which the details were dropped
     * @param all doubts about the count, or about values
     * @return the observation
     */
    public static Observation unfiltered(long fired, long dropped, List<Doubt> all) {
        List<Doubt> doubts = decided(all, fired);
        long surplus = surplus(fired, false, doubts);
        return new Observation(fired - surplus, surplus, fired, dropped, 0, 0, false, doubts);
    }

    /**
     * What is known of firings on which there are conditions.
     *
     * @param satisfied firings that satisfy them as far as the values tell
     * @param fired all firings that the engine counted, whatever the conditions
     * @param dropped those of {@code fired} of which the details were dropped
     * @param judged those of {@code dropped} that the engine itself judged by the conditions
     * @param undecided firings of which the conditions could not be decided
     * @param all doubts about the count, or about values
     * @return the observation
     */
    static Observation filtered(
            long satisfied, long fired, long dropped, long judged, long undecided, List<Doubt> all) {
        List<Doubt> doubts = decided(all, fired);
        if (doubts.stream().anyMatch(doubt -> doubt.effect() == Doubt.Effect.VALUES_WRONG)) {
            return new Observation(0, 0, fired, dropped, dropped, fired, true, doubts);
        }
        long surplus = surplus(satisfied, true, doubts);
        return new Observation(satisfied - surplus, surplus, fired, dropped, judged, undecided, true, doubts);
    }

    /** Whether something was off is decided for each point by itself, before the points of a glob are added up. */
    private static List<Doubt> decided(List<Doubt> doubts, long fired) {
        return doubts.isEmpty()
                ? doubts
                : doubts.stream()
                        .filter(doubt -> doubt.effect() != Doubt.Effect.SILENT || fired == 0)
                        .map(doubt -> doubt.effect() == Doubt.Effect.SILENT ? Doubt.missed(doubt.text()) : doubt)
                        .toList();
    }

    private static long surplus(long firings, boolean filtered, List<Doubt> doubts) {
        return doubts.stream()
                .mapToLong(doubt -> doubt.surplus(firings, filtered))
                .max()
                .orElse(0);
    }

    /**
     * The highest that the count can be.
     *
     * @return {@link CountBounds#UNLIMITED} if calls may be missing
     */
    public long possible() {
        if (doubts.stream().anyMatch(Doubt::missesCalls)) {
            return CountBounds.UNLIMITED;
        }
        return certain + surplus + (filtered ? undecided + dropped - judged : 0);
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
     * The doubts about the count.
     *
     * @return in a person's words; empty if the count is exact
     */
    public List<String> doubtsOfCount() {
        return isExact() ? List.of() : filtered ? withDetails(dropped - judged) : texts().toList();
    }

    /**
     * The doubts about the details of single firings.
     *
     * @return in a person's words; empty if all details are known
     */
    public List<String> doubtsOfDetails() {
        return withDetails(dropped);
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

    /**
     * The sum of two observations of different points.
     *
     * @param other that of another point
     * @return both together
     */
    public Observation plus(Observation other) {
        return new Observation(
                certain + other.certain,
                surplus + other.surplus,
                fired + other.fired,
                dropped + other.dropped,
                judged + other.judged,
                undecided + other.undecided,
                filtered || other.filtered,
                Stream.concat(doubts.stream(), other.doubts.stream()).distinct().toList());
    }

    private List<String> withDetails(long missing) {
        return Stream.of(
                        texts(),
                        counted(missing, "the details of %s were dropped"),
                        counted(
                                valuesAreDoubted() ? 0 : undecided,
                                "on %s the conditions could not be decided (text cut or unreadable, or the entry of the call was not seen)"))
                .flatMap(s -> s)
                .toList();
    }

    private Stream<String> texts() {
        return doubts.stream()
                .filter(doubt -> filtered || doubt.concerns(fired))
                .map(Doubt::text)
                .distinct();
    }

    private boolean valuesAreDoubted() {
        return doubts.stream().anyMatch(doubt -> doubt.effect() == Doubt.Effect.VALUES_WRONG);
    }

    private Stream<String> counted(long count, String text) {
        return count > 0 ? Stream.of(text.formatted(Words.firings(count))) : Stream.of();
    }
}
