package io.probeunit.host.remote;

import java.io.InputStream;
import java.io.OutputStream;

/** A connection with a {@link HostAgent}. */
public interface Line extends AutoCloseable {

    /**
     * What the agent says.
     *
     * @return ends when the agent does
     */
    InputStream output();

    /**
     * What the agent hears.
     *
     * @return open until this is closed
     */
    OutputStream input();

    /**
     * Says that the agent has ended, and what is known of why.
     *
     * @return one sentence or more
     */
    String end();

    /** Waits for the end of an agent that will be asked no more, not for ever, and ends what it runs on. */
    @Override
    void close();
}
