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

    /**
     * Takes a stack that was copied when a point fired, before the details of the firing. Must be called as soon as it is known,
     * since the process may end.
     *
     * @param pid the process, by its number in the host's {@code /proc}
     * @param copy of its stack
     * @return what {@link Details#callers()} of the firing is to give
     */
    default Callers copied(int pid, CopiedStack copy) {
        return Callers.NONE;
    }
}
