package io.probeunit.junit;

/** What interrupted a test, such as its time limit, or something before it: it must not keep us from our own work. */
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
