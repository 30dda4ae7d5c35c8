package io.probeunit.internal.concurrent;

/** A thread that does not keep the JVM alive. */
public final class DaemonThread {

    private DaemonThread() {}

    /**
     * Starts a thread.
     *
     * @param name for thread dumps; begins with {@code probeunit-}
     * @param work what it does
     * @return the running thread
     */
    public static Thread start(String name, Runnable work) {
        return start(Thread.currentThread().getThreadGroup(), name, work);
    }

    /**
     * Makes a thread, for somebody else to start.
     *
     * @param name for thread dumps; begins with {@code probeunit-}
     * @param work what it does
     * @return the thread, not started
     */
    public static Thread of(String name, Runnable work) {
        return of(Thread.currentThread().getThreadGroup(), name, work);
    }

    /**
     * Starts a thread in a group.
     *
     * @param group whose handler gets what nobody catches, also of the threads that this thread makes
     * @param name for thread dumps; begins with {@code probeunit-}
     * @param work what it does
     * @return the running thread
     */
    public static Thread start(ThreadGroup group, String name, Runnable work) {
        Thread thread = of(group, name, work);
        thread.start();
        return thread;
    }

    private static Thread of(ThreadGroup group, String name, Runnable work) {
        Thread thread = new Thread(group, work, name);
        thread.setDaemon(true);
        return thread;
    }
}
