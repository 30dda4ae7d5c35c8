package io.probeunit;

import java.util.List;

/**
 * What is not known about a window. Counts stay exact while {@code interruptions} is empty.
 *
 * @param details firings that were counted and whose details were dropped
 * @param interruptions what made counts themselves uncertain, in a person's words: a container that restarted, an
 *     engine that ended
 */
public record Loss(long details, List<String> interruptions) {

    /** Keeps a copy of the list. */
    public Loss {
        interruptions = List.copyOf(interruptions);
    }

    /**
     * Says whether everything is known.
     *
     * @return true if nothing was dropped and nothing interrupted the window
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
