package io.probeunit.host;

/**
 * A place in which tools run, with its own view of files, processes and a kernel.
 *
 * <p>Paths are absolute, with '/' as separator, as seen from that place. Implementations are thread-safe.
 */
public interface Host {

    /**
     * What this host is called in messages.
     *
     * @return for example {@code local}
     */
    String name();

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
}
