package io.probeunit.internal.cli;

import io.probeunit.Firing;
import java.util.List;

/** Where {@code watch} prints. Of one thread. */
interface WatchOutput {

    /** The probes are armed. */
    void begin(Live live);

    /**
     * Something may have happened.
     *
     * @param look what is known
     * @param fresh the firings that were not there before
     */
    void next(Live.Look look, List<Firing> fresh);

    /**
     * The window is closed.
     *
     * @param look what is known
     * @param fresh the firings that were not there before
     */
    void end(Live.Look look, List<Firing> fresh);
}
