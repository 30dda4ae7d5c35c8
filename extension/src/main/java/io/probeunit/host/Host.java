package io.probeunit.host;

import java.util.Optional;

/**
 * A place in which tools run, with its own view of files, processes and a kernel.
 *
 * <p>Paths are absolute, with '/' as separator, as seen from that place. Implementations are thread-safe.
 */
public interface Host {

    /** Where a host that shows roots ({@link #showRoot}) does so: what the kernel knows by a path below is ours. */
    String SHOWN_ROOTS = "/run/probeunit/roots";

    /**
     * What this host is called in messages.
     *
     * @return for example {@code local}
     */
    String name();

    /**
     * What is started for the sake of this host, for reports: it may have rights that the JVM does not have.
     *
     * @return for example {@code a privileged container …}; empty if nothing is
     */
    default Optional<String> helper() {
        return Optional.empty();
    }

    /**
     * The files of this host.
     *
     * @return never closed
     */
    HostFiles files();

    /**
     * Starts a program.
     *
     * @param command the program with its arguments, environment and working folder
     * @return the running process
     * @throws HostException if it cannot be started
     */
    HostProcess start(Command command);

    /**
     * The kernel that this host's processes run on.
     *
     * @return its identity
     * @throws HostException if it cannot be read
     */
    KernelIdentity kernel();

    /**
     * Makes the files of a process's root visible among the mounts of this host ({@code /proc/self/mountinfo}), where the
     * host can do so; nothing happens where they are, or where it cannot.
     *
     * @param pid the process
     * @throws HostException if it was tried, and failed
     */
    default void showRoot(long pid) {
        // a machine sees the mounts of its containers, wherever they were made
    }
}
