package io.probeunit.internal.engine;

import io.probeunit.internal.plan.Doubt;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Probes armed in one target. Thread-safe; windows of one session follow each other and never overlap.
 */
public interface Session extends AutoCloseable {

    /**
     * Begins a window: a barrier, after which every point that is wanted has its full quota of details again. Firings of the
     * others are only counted, without details, so that they take no room from those.
     *
     * @param wanted what the window is about, as indices of the points of the session
     * @return the counters at that moment
     * @throws EngineException if the session is lost
     */
    Barrier openWindow(Set<Integer> wanted);

    /**
     * Begins a window, as {@link #openWindow(Set)} does, and copies stacks of some firings, if the engine can.
     *
     * @param wanted what the window is about
     * @param stacks of which points stacks are wanted, and how many
     * @return the counters at that moment
     * @throws EngineException if the session is lost
     */
    default Barrier openWindow(Set<Integer> wanted, Map<Integer, StackQuota> stacks) {
        return openWindow(wanted);
    }

    /**
     * Draws a line: a firing that ended before this call is in the counters returned, one that begins after this
     * method has returned is not; and the details of all those counted as detailed have reached the sink.
     *
     * @return the counters at that moment
     * @throws EngineException if the session is lost
     */
    Barrier barrier();

    /**
     * What the session itself knows against its counts, as of the last barrier.
     *
     * @return empty while there is nothing
     */
    default Optional<Doubt> doubt() {
        return Optional.empty();
    }

    /**
     * Says whether the session still counts.
     *
     * @return false once its tool has ended or it was closed
     */
    boolean isAlive();

    /** Begins to remove the probes and returns at once. Does nothing the second time. */
    @Override
    void close();

    /**
     * Waits until the probes are gone and everything is cleaned up.
     *
     * @param timeout how long at most
     * @return whether that is so
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    boolean awaitClosed(Duration timeout) throws InterruptedException;
}
