package io.probeunit.internal.engine;

import io.probeunit.internal.host.Host;
import io.probeunit.internal.targets.Target;
import java.util.List;
import java.util.Map;

/**
 * Observes events that the probes of an engine cannot show: processes of a target that a signal ended, and returns for
 * which the kernel made no probe. Works beside any engine. Thread-safe.
 */
public interface KernelWatch {

    /** A thread has no more return probes at a time than this; {@code MAX_URETPROBE_DEPTH}, {@code kernel/events/uprobes.c}. */
    int MOST_RETURNS = 64;

    /**
     * Begins to look.
     *
     * @param host where the target's processes and files are visible
     * @param target whose processes
     * @param points those that a session arms
     * @return sees what happens from now on, until it is closed
     * @throws EngineException if it cannot be looked at, with the reason
     */
    Running begin(Host host, Target target, List<ProbePoint> points);

    /**
     * One that can see nothing.
     *
     * @param reason why not
     * @return refuses every time
     */
    static KernelWatch none(String reason) {
        return (host, target, points) -> {
            throw new EngineException(reason);
        };
    }

    /** Looks at one target. */
    interface Running extends AutoCloseable {

        /**
         * What has happened since the watch began.
         *
         * @return what happened before this call, and maybe during it
         */
        Events events();

        /**
         * What processes have mapped of files since this was last asked, or since the watch began, whatever has become of
         * them.
         *
         * @return {@link Mappings#UNKNOWN} where the kernel does not tell it
         */
        Mappings mapped();

        /** Ends it, which may take some tens of milliseconds; does nothing the second time. */
        @Override
        void close();
    }

    /**
     * What has happened.
     *
     * @param ended processes that a signal ended, in the order in which they did
     * @param callsWithoutReturnProbe how many calls of a point began when the thread had as many return probes as it can have, by the index
     *     of the point; only those that had such
     * @param started how many programs were started; counted only where a point is a mark to which that makes a difference,
     *     {@link io.probeunit.internal.binary.Semaphore#mappedBefore()}
     */
    record Events(List<Ended> ended, Map<Integer, Long> callsWithoutReturnProbe, long started) {

        /** Keeps copies. */
        public Events {
            ended = List.copyOf(ended);
            callsWithoutReturnProbe = Map.copyOf(callsWithoutReturnProbe);
        }
    }

    /**
     * What processes have mapped.
     *
     * @param parts in the order in which it was done
     * @param complete false if it was so much that the last may be missing
     * @param quiet true if it is certain that none has mapped a part of a file, or other memory for execution
     */
    record Mappings(List<Mapped> parts, boolean complete, boolean quiet) {

        /** Nothing was mapped. */
        public static final Mappings NONE = new Mappings(List.of(), true, true);

        /** Nobody looks. */
        public static final Mappings UNKNOWN = new Mappings(List.of(), true, false);

        /** Keeps a copy. */
        public Mappings {
            parts = List.copyOf(parts);
        }
    }

    /**
     * A process has mapped a part of a file.
     *
     * @param pid of the process, as the host's kernel numbers it
     * @param begins whether it has been begun with this file since the part before
     * @param start its address
     * @param path of the file, as the process sees it
     * @param deleted whether it was no longer at that path
     * @param device of the file, as stat(2) has it
     * @param inode of the file
     * @param protection the bits {@code PROT_WRITE} (2) and {@code PROT_EXEC} (4), mmap(2)
     * @param offset where the part begins in the file, in bytes
     * @param length in bytes
     */
    record Mapped(
            long pid,
            boolean begins,
            long start,
            String path,
            boolean deleted,
            long device,
            long inode,
            int protection,
            long offset,
            long length) {}

    /**
     * A process that a signal ended.
     *
     * @param pid as the host's kernel numbers it
     * @param signal the signal's number
     * @param command the name of the thread of which it was known first
     */
    record Ended(long pid, int signal, String command) {}
}
