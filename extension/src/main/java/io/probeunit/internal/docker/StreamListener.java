package io.probeunit.internal.docker;

/** Receives the output of a process in a container, on a thread of the connection. */
public interface StreamListener {

    /**
     * Takes what came out of the standard output.
     *
     * @param bytes some of it
     */
    void output(byte[] bytes);

    /**
     * Takes what came out of the standard error.
     *
     * @param bytes some of it
     */
    void errors(byte[] bytes);

    /** Learns that nothing more will come. */
    void ended();
}
