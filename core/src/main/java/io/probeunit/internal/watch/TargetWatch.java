package io.probeunit.internal.watch;

import io.probeunit.internal.plan.Doubt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Watches a target of a session: whether it is still the container that probes were armed for, and whether what its
 * processes run is what was probed. One window follows the other; a watch is asked by one thread at a time.
 */
@FunctionalInterface
public interface TargetWatch {

    /**
     * Begins to watch for a window, before its opening barrier: what is seen now is how the window begins.
     *
     * @param points what the window wants
     * @return watches until the next window begins
     */
    Vigil begin(List<WatchedPoint> points);

    /** Watches during one window. */
    @FunctionalInterface
    interface Vigil {

        /**
         * Asked after each barrier that follows the opening one.
         *
         * @return what was seen, when the window began and now
         */
        Seen look();
    }

    /**
     * What was seen.
     *
     * @param interruptions what makes the counts of all points uncertain, in a person's words ("container shop was started
     *     again"); no full stop at the end
     * @param doubts why firings of single points may not be calls, by {@link WatchedPoint#index()}
     * @param notes what is worth a sentence in the result, and puts no count in doubt
     * @param doubtsOfProgram why a probe may have changed what the program did, in a person's words: nothing that the window saw, at
     *     whatever point, is what the program does without probes
     */
    record Seen(
            List<String> interruptions,
            Map<Integer, List<Doubt>> doubts,
            List<String> notes,
            List<String> doubtsOfProgram) {

        /** All is well. */
        public static final Seen NOTHING = new Seen(List.of(), Map.of(), List.of());

        /** Keeps copies. */
        public Seen {
            interruptions = List.copyOf(interruptions);
            doubts = Map.copyOf(doubts);
            notes = List.copyOf(notes);
            doubtsOfProgram = List.copyOf(doubtsOfProgram);
        }

        /** What no probe has caused. */
        public Seen(List<String> interruptions, Map<Integer, List<Doubt>> doubts, List<String> notes) {
            this(interruptions, doubts, notes, List.of());
        }

        /**
         * Something that concerns the whole target.
         *
         * @param reason in a person's words
         * @return an interruption
         */
        public static Seen interrupted(String reason) {
            return new Seen(List.of(reason), Map.of(), List.of());
        }

        /**
         * Something that concerns points.
         *
         * @param doubts by the index of the point
         * @return doubts alone
         */
        public static Seen doubted(Map<Integer, List<Doubt>> doubts) {
            return new Seen(List.of(), doubts, List.of());
        }

        /**
         * This, and what was seen elsewhere or later.
         *
         * @param other that
         * @return both, without doubles
         */
        public Seen and(Seen other) {
            if (other.equals(NOTHING) || equals(other)) {
                return this;
            }
            Map<Integer, List<Doubt>> both = new LinkedHashMap<>(doubts);
            other.doubts().forEach((point, more) -> both.merge(point, more, Seen::union));
            return new Seen(
                    union(interruptions, other.interruptions()),
                    both,
                    union(notes, other.notes()),
                    union(doubtsOfProgram, other.doubtsOfProgram()));
        }

        private static <T> List<T> union(List<T> some, List<T> more) {
            return Stream.concat(some.stream(), more.stream()).distinct().toList();
        }
    }

    /**
     * A watch that sees nothing.
     *
     * @return never answers with anything
     */
    static TargetWatch none() {
        return points -> () -> Seen.NOTHING;
    }

    /**
     * A watch for what concerns the whole target.
     *
     * @param interruption asked after each barrier; empty while all is well
     * @return answers with interruptions alone
     */
    static TargetWatch interruptedBy(Supplier<Optional<String>> interruption) {
        return points -> () -> interruption.get().map(Seen::interrupted).orElse(Seen.NOTHING);
    }

    /**
     * Several watches as one.
     *
     * @param watches asked in this order
     * @return sees what they see; one that fails is an interruption, and keeps no other from being asked
     */
    static TargetWatch all(List<TargetWatch> watches) {
        return points -> {
            List<Vigil> vigils =
                    watches.stream().map(watch -> begun(watch, points)).toList();
            return () -> vigils.stream().map(TargetWatch::seen).reduce(Seen.NOTHING, Seen::and);
        };
    }

    private static Vigil begun(TargetWatch watch, List<WatchedPoint> points) {
        try {
            return watch.begin(points);
        } catch (RuntimeException e) {
            return () -> failed(e);
        }
    }

    private static Seen seen(Vigil vigil) {
        try {
            return vigil.look();
        } catch (RuntimeException e) {
            return failed(e);
        }
    }

    private static Seen failed(RuntimeException e) {
        return Seen.interrupted(
                "it is not known whether the processes run the probed code: %s".formatted(e.getMessage()));
    }
}
