package io.probeunit.internal.junit.lifecycle;

/** An interrupt of the test's thread, for example by its time limit. It must not stop ProbeUnit's own work. */
final class Interruption {

    private Interruption() {}

    /** Does some work on a thread that is not interrupted, and then is again if it was. */
    static void deferred(Runnable work) {
        boolean interrupted = Thread.interrupted();
        try {
            work.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
