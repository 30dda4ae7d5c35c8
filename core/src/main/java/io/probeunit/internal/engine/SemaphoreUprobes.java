package io.probeunit.internal.engine;

import io.probeunit.internal.host.Host;
import io.probeunit.internal.targets.TargetFile;
import java.util.Map;

/**
 * Puts uprobes that never fire at places of a file, with semaphores as their reference counters: the kernel raises such a
 * counter while the uprobe is there, and lowers it when it goes. It keeps one counter for a place and refuses another one
 * there. Thread-safe.
 */
public interface SemaphoreUprobes {

    /** In place of a semaphore: the uprobe has none. The first bytes of a file are never one. */
    long NONE = 0;

    /**
     * Puts one uprobe at each place, or none at all.
     *
     * @param host where the file is visible
     * @param file the binary
     * @param places offsets in the file of the places, by those of their semaphores, in bytes
     * @return what came of it
     * @throws EngineException if no other places would do
     */
    Attempt put(Host host, TargetFile file, Map<Long, Integer> places);

    /** What came of putting uprobes somewhere. */
    sealed interface Attempt permits Held, Taken {}

    /**
     * They are there.
     *
     * @param release takes them away; may take some tens of milliseconds
     */
    record Held(Runnable release) implements Attempt {}

    /**
     * A place has another counter.
     *
     * @param refusal what to say if there is nowhere to move on to
     */
    record Taken(EngineException refusal) implements Attempt {}
}
