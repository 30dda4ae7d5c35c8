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
     * @return always the same object: live until {@link #close()}, then frozen. It can be asked after that, too
     */
    Recording recording();

    /**
     * What is worth a line in a log: why an engine was taken, why others were not, and remarks on points.
     *
     * @return sentences; none of them changes a count
     */
    List<String> notes();

    /**
     * Closes the window with a barrier and removes the probes: what fired before this call is in the recording, what
     * fires later is not. A doubt that comes up here does not throw; the recording throws it when a count is asked for.
     * Does nothing the second time.
     */
    @Override
    void close();
}
