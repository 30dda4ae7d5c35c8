package io.probeunit.internal.kernel;

/**
 * Something of the kernel's that is looked at in the course of a batch, so that one journey is enough for several. Memory of
 * this process is there without asking.
 */
public interface Glance {

    /**
     * Asks.
     *
     * @param batch takes what must be called for it; nothing where the memory is this process's
     */
    default void ask(Batch batch) {
        // it is here
    }

    /**
     * Takes what was told.
     *
     * @param answer to the batch that was asked last
     */
    default void told(Answer answer) {
        // it is here
    }
}
