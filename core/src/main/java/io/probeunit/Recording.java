package io.probeunit;

/**
 * What the probes of one test saw in one window.
 *
 * <p>Take it as a parameter of a test, {@code @BeforeEach} or {@code @AfterEach} method. Before the window opens, it is
 * empty. While the window is open, it is live: each call gives the state at this moment. After the window has closed,
 * it is frozen.
 *
 * <p>Thread-safe.
 */
public interface Recording {

    /**
     * The firings of a function: of its entry if the entry is probed, else of its return.
     *
     * @param name a function's name, or the name or glob of an annotation; with a glob, all that it matches
     * @return the firings in all targets
     * @throws ProbeException if no annotation of this test probes such a function, or it is probed in several binaries
     *     of one container
     */
    Firings function(String name);

    /**
     * The firings of a function's return.
     *
     * @param name as for {@link #function(String)}
     * @return the firings in all targets
     * @throws ProbeException if no annotation of this test probes the return of such a function
     */
    Firings functionReturn(String name);

    /**
     * The firings of a mark.
     *
     * @param name {@code name} or {@code provider:name}, or the glob of an annotation
     * @return the firings in all targets
     * @throws ProbeException if no annotation of this test probes such a mark, or several providers have it
     */
    Firings mark(String name);

    /**
     * The firings of everything that this test probes.
     *
     * @return the firings of all probe points, ordered by time
     */
    Firings firings();

    /**
     * What is not known about this window.
     *
     * @return as of now
     */
    Loss loss();

    /**
     * The engine that armed the probes.
     *
     * @return its name, such as {@code stap}; {@code none} if this test probes nothing, {@code none yet}
     *     before the window opens
     */
    String engine();
}
