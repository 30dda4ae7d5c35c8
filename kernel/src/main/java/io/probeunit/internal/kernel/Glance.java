package io.probeunit.internal.kernel;

/**
 * Memory of the kernel that a batch reads, so that one request is enough for several. Memory of this process needs no
 * request.
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
