package io.probeunit;

import java.util.List;
import java.util.stream.Stream;

/**
 * Firings of one or more probe points within a window.
 *
 * <p>While the window is open, each call asks the engine again. Thread-safe.
 */
public interface Firings {

    /**
     * How often the points fired.
     *
     * @return the exact number at the time of this call
     * @throws ProbeException if the number is not known: the session was lost, the container was started again, its
     *     main process became another program than the probed one, the semaphore of a mark is not held, or these
     *     firings are filtered by {@link #where(String)} and missing details could matter (dropped, cut or not
     *     readable)
     */
    long count();

    /**
     * The single firings whose details were kept.
     *
     * @return ordered by time; shorter than {@link #count()} if details were dropped, see {@link Recording#loss()}
     * @throws ProbeException if the session was lost
     */
    List<Firing> list();

    /**
     * The single firings whose details were kept.
     *
     * @return the same as {@link #list()}
     */
    default Stream<Firing> stream() {
        return list().stream();
    }

    /**
     * The firings in one container.
     *
     * @param container the target's name
     * @return a narrower view
     * @throws ProbeException if no target of that name is probed
     */
    Firings in(String container);

    /**
     * The firings that satisfy a condition.
     *
     * @param condition as in {@code where} of an annotation; the value must be captured by an annotation
     * @return a narrower view
     * @throws ProbeException if the condition is not understood, or names a value that is not captured
     */
    Firings where(String condition);
}
