package io.probeunit.internal.engine;

/** Receives the details of firings, on a thread of the session, one at a time, in no particular order across CPUs. */
@FunctionalInterface
public interface FiringSink {

    /**
     * Takes the details of one firing. Must be quick.
     *
     * @param firing as recorded; not to be kept
     */
    void accept(Details firing);
}
