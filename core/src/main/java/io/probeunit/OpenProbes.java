package io.probeunit;

import java.util.List;

/**
 * Armed probes with their window, from {@link Probes#open()} to {@link #close()}.
 *
 * <p>{@link #recording()} may be asked by any thread at any time. Other methods belong to one thread.
 */
public interface OpenProbes extends AutoCloseable {

    /**
     * What the probes see.
     *
     * @return always the same object: live until {@link #close()}, then frozen
     */
    Recording recording();

    /**
     * The notes: which engine was taken, why others were passed over, and notes on points.
     *
     * @return sentences; none of them changes a count
     */
    List<String> notes();

    /**
     * Closes the window with a barrier and removes the probes: what fired before this call is in the recording, what
     * fires later is not. This method does not throw if a count is in doubt: the recording throws when it is asked for
     * that count. A second call does nothing.
     */
    @Override
    void close();
}
