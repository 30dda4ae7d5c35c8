package io.probeunit.internal.docker;

import io.probeunit.internal.concurrent.DaemonThread;
import io.probeunit.internal.concurrent.Futures;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The threads that docker-java makes for a connection with a process.
 *
 * <p>The one that writes to the process may throw at its end: seen with docker-java 3.7.1, if the connection is closed
 * between the last byte and the last flush, as after a restart of the container. Nobody can catch that. It would be printed,
 * and Awaitility would fail a test that waits for something else. The end of a connection is known from {@link Attachment},
 * so nothing is lost without it.
 */
final class ConnectionThreads {

    private static final System.Logger LOG = System.getLogger(ConnectionThreads.class.getName());

    /** A thread belongs to the group of the thread that makes it; what none of them catches ends here. */
    private static final ThreadGroup GROUP = new ThreadGroup(root(), "probeunit-docker") {
        @Override
        public void uncaughtException(Thread thread, Throwable thrown) {
            LOG.log(System.Logger.Level.DEBUG, "docker-java: " + thread.getName(), thrown);
        }
    };

    private ConnectionThreads() {}

    /**
     * Connects, so that all threads that this makes belong to the group.
     *
     * @param connecting what makes the connection
     * @param <T> the connection
     * @return the connection
     */
    static <T> T connect(Supplier<T> connecting) {
        return Futures.join(CompletableFuture.supplyAsync(
                connecting, work -> DaemonThread.start(GROUP, "probeunit-docker-connect", work)));
    }

    private static ThreadGroup root() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        return group;
    }
}
