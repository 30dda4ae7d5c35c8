package io.probeunit.internal.progress;

import java.time.Duration;

/** Rings again and again, until it is stopped. */
interface Alarm {

    /**
     * Sets it.
     *
     * @param first when it rings for the first time, from now
     * @param next from then on
     * @param action what it does, on a thread of its own
     * @return stops it; it may ring once more
     */
    Runnable set(Duration first, Duration next, Runnable action);

    /** Stops all; none can be set afterwards. */
    void close();
}
