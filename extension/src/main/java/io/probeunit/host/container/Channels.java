package io.probeunit.host.container;

import java.util.List;

/** Starts processes in one container. */
interface Channels {

    /**
     * Starts one.
     *
     * @param command the program with its arguments, each of which reaches it as it is
     */
    Channel open(List<String> command);
}
