package io.probeunit;

import java.util.List;

/**
 * What is not known about a window. Counts stay exact while {@code interruptions} is empty.
 *
 * @param details the number of firings that were counted and whose details were dropped
 * @param interruptions the doubts about counts, in words: for example a container that restarted, or an engine that
 *     ended
 */
public record Loss(long details, List<String> interruptions) {

    /** Keeps a copy of the list. */
    public Loss {
        interruptions = List.copyOf(interruptions);
    }

    /**
     * Says whether everything is known.
     *
     * @return true if no details were dropped and no count is in doubt
     */
    public boolean isNone() {
        return details == 0 && interruptions.isEmpty();
    }

    /**
     * Nothing was lost.
     *
     * @return an empty loss
     */
    public static Loss none() {
        return new Loss(0, List.of());
    }
}
