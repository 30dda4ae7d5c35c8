package io.probeunit.internal.engine;

/** A copied stack, which is walked when it is asked for. Thread-safe. */
@FunctionalInterface
public interface Callers {

    /** No stack was copied. */
    Callers NONE = () -> CallStack.NONE;

    /**
     * Walks the stack the first time, and remembers.
     *
     * @return the frames
     */
    CallStack stack();
}
