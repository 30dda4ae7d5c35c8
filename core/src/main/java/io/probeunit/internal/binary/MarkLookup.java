package io.probeunit.internal.binary;

import java.util.List;

/** The result of looking for a mark. Immutable and thread-safe. */
public sealed interface MarkLookup {

    /**
     * There is something to probe.
     *
     * @param marks the marks, ordered by provider, then name, never empty; one unless a glob was given
     * @param notes sentences on what else has these names and was left out; mostly empty
     */
    record Found(List<Mark> marks, List<String> notes) implements MarkLookup {

        /** Takes copies of the lists. */
        public Found {
            marks = List.copyOf(marks);
            notes = List.copyOf(notes);
        }
    }

    /** There is nothing that can be probed. */
    sealed interface Failed extends MarkLookup {

        /**
         * What was looked for, what there is instead, and what to do.
         *
         * @return whole sentences
         */
        String message();
    }

    /**
     * Several providers have a mark of the name that was given without a provider.
     *
     * @param candidates the marks as {@code provider:name}
     * @param message for the user; contains the candidates
     */
    record Ambiguous(List<String> candidates, String message) implements Failed {

        /** Takes a copy of the list. */
        public Ambiguous {
            candidates = List.copyOf(candidates);
        }
    }

    /**
     * A glob matches marks at more sites than the limit.
     *
     * @param count the sites that it matches
     * @param limit the most that are allowed
     * @param message for the user
     */
    record TooMany(int count, int limit, String message) implements Failed {}

    /**
     * Only notes have that name, and they lead to nothing that can be probed.
     *
     * @param message for the user
     */
    record Discarded(String message) implements Failed {}

    /**
     * Nothing has that name.
     *
     * @param nearest marks that are like it as {@code provider:name}, the nearest first, at most five
     * @param message for the user; contains the nearest names
     */
    record NotFound(List<String> nearest, String message) implements Failed {

        /** Takes a copy of the list. */
        public NotFound {
            nearest = List.copyOf(nearest);
        }
    }
}
