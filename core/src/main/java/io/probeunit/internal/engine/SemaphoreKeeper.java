package io.probeunit.internal.engine;

import io.probeunit.internal.host.Host;
import io.probeunit.internal.targets.TargetFile;
import java.util.Set;

/**
 * Holds the semaphores of guarded marks: a program passes such a mark only while its semaphore is above zero.
 *
 * <p>Semaphores belong to a file, not to a container: while one is held, the mark is on in every process that has the file
 * mapped. Thread-safe.
 */
public interface SemaphoreKeeper {

    /**
     * Raises semaphores, each by one. When this returns, every running process sees it.
     *
     * @param host where the file is visible
     * @param file the binary
     * @param semaphores their offsets in the file, in bytes
     * @return lets go of them when it is closed, at once or some milliseconds later; the kernel does so if the JVM dies
     * @throws EngineException if they cannot be held, with the reason
     */
    Hold hold(Host host, TargetFile file, Set<Long> semaphores);

    /**
     * Puts a uprobe that never fires at a place of a file. It raises nothing; a process that has it in its memory runs
     * exactly this file.
     *
     * @param host where the file is visible
     * @param file the binary
     * @param place its offset in the file, in bytes; {@link io.probeunit.internal.binary.CodePadding} has some
     * @return takes it away when it is closed, at once or some milliseconds later
     * @throws EngineException if it cannot be put there, with the reason
     */
    default Hold mark(Host host, TargetFile file, int place) {
        throw new EngineException("ProbeUnit cannot put a uprobe into %s on this host.".formatted(file.path()));
    }

    /**
     * A keeper for one session, in which a file stays what it is: it may remember what it found there.
     *
     * @return holds as this one does
     */
    default SemaphoreKeeper ofSession() {
        return this;
    }

    /**
     * A keeper that can hold nothing.
     *
     * @param reason why not
     * @return refuses every time
     */
    static SemaphoreKeeper none(String reason) {
        return (host, file, semaphores) -> {
            throw new EngineException(reason);
        };
    }

    /** Semaphores that are held. */
    interface Hold extends AutoCloseable {

        /** Begins to release them; does nothing the second time. */
        @Override
        void close();

        /** Lets go, and returns when that is done: for a file that was written over, in which nothing old may stay. */
        default void closeNow() {
            close();
        }
    }
}
