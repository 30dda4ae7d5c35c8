package io.probeunit.internal.host;

/** A host that ends, at the latest when it is closed. Thread-safe. */
public interface LivingHost extends Host, AutoCloseable {

    /**
     * Says whether anything can still be asked here.
     *
     * @return false once it has ended
     */
    boolean isAlive();

    /** Ends it. Does nothing the second time. */
    @Override
    void close();
}
