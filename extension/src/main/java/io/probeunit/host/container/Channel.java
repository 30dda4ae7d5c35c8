package io.probeunit.host.container;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalInt;

/** A process in a container, and the connection with it. Thread-safe, but for its streams. */
interface Channel extends AutoCloseable {

    /** What the process hears; what is written is on its way. */
    OutputStream input();

    /** What the process prints; ends when it does. */
    InputStream output();

    /** What the process complains of; ends when it does. */
    InputStream errors();

    /** How the process ended; empty while it runs, or where nobody can tell any more. */
    OptionalInt exitCode();

    /** Ends the connection, which ends the process's input. Does nothing the second time. */
    @Override
    void close();
}
