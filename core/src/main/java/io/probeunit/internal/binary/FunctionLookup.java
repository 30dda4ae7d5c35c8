package io.probeunit.internal.binary;

import io.probeunit.internal.plan.Doubt;
import java.util.List;
import java.util.Map;

/** The result of looking for a function. Immutable and thread-safe. */
public sealed interface FunctionLookup {

    /**
     * There is something to probe.
     *
     * @param sites one symbol for each address, ordered by address, never empty
     * @param notes sentences on why counts may differ from the calls in the source, and on what was chosen among
     *     several; mostly empty
     * @param doubts by the address of a site: why its firings may not be calls
     * @param several whether these are the functions of a glob, and not one function
     */
    record Found(List<FunctionSymbol> sites, List<String> notes, Map<Long, List<Doubt>> doubts, boolean several)
            implements FunctionLookup {

        /** Takes copies of the lists. */
        public Found {
            sites = List.copyOf(sites);
            notes = List.copyOf(notes);
            doubts = Map.copyOf(doubts);
        }

        /** The doubts of some of the sites, each once. */
        public List<Doubt> doubts(List<FunctionSymbol> some) {
            return some.stream()
                    .flatMap(site -> doubts.getOrDefault(site.address(), List.of()).stream())
                    .distinct()
                    .toList();
        }
    }

    /** There is nothing that can be probed. */
    sealed interface Failed extends FunctionLookup {

        /**
         * What was looked for, what there is instead, and what to do.
         *
         * @return whole sentences
         */
        String message();
    }

    /**
     * A glob matches more than the limit.
     *
     * @param count the probe points that it matches
     * @param limit the most that are allowed
     * @param message for the user
     */
    record TooMany(int count, int limit, String message) implements Failed {}

    /**
     * Nothing has that name.
     *
     * @param nearest names that are like it, the nearest first, at most five
     * @param message for the user; contains the nearest names
     */
    record NotFound(List<String> nearest, String message) implements Failed {

        /** Takes a copy of the list. */
        public NotFound {
            nearest = List.copyOf(nearest);
        }
    }

    /**
     * The name exists, but a probe there would not see its calls (IFUNC).
     *
     * @param message for the user
     */
    record Refused(String message) implements Failed {}
}
