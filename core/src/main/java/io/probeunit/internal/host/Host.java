package io.probeunit.internal.host;

import io.probeunit.internal.kernel.Kernel;
import io.probeunit.internal.kernel.KernelException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A place in which tools run, with its own view of files, processes and a kernel.
 *
 * <p>Paths are absolute, with '/' as separator, as seen from that place. Implementations are thread-safe.
 */
public interface Host {

    /** What the kernel knows by a path below is ours. */
    String OURS = "/run/probeunit";

    /** Where a host that shows roots ({@link #showRoot}) does so. */
    String SHOWN_ROOTS = OURS + "/roots";

    /**
     * Where a host that is a container shows its own root, below the name of its helper ({@link InsideHelper}): what the
     * kernel knows by a path below is that host's alone, whatever the process ids in it.
     */
    String SHOWN_INSIDE = OURS + "/inside";

    /** The name of the cgroup, below a container's own, in which our tools run there. */
    String TOOLS_GROUP = "probeunit-tools";

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
     * @throws NoSuchProgramException if there is no such program
     * @throws HostException if it cannot be started
     */
    HostProcess start(Command command);

    /**
     * The way to the kernel that this host's processes run on.
     *
     * @return makes system calls there
     * @throws HostException if there is none
     */
    Kernel calls();

    /**
     * The kernel that this host's processes run on.
     *
     * @return its identity
     * @throws HostException if it cannot be read
     */
    default KernelIdentity kernel() {
        try {
            return new KernelIdentity(
                    files().text("/proc/sys/kernel/osrelease").strip(),
                    calls().machine().toString(),
                    KernelIdentity.bootId(files()));
        } catch (KernelException e) {
            throw new HostException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * The monotonic clock of this host's kernel, by which engines tell when something fired. No other host's clock can be
     * compared with it, nor can {@link System#nanoTime}, which is that of the JVM's own kernel.
     *
     * @return {@code CLOCK_MONOTONIC}, in nanoseconds
     * @throws HostException if it cannot be read
     */
    default long nanos() {
        try {
            return calls().nanos();
        } catch (KernelException e) {
            throw new HostException(
                    "The clock of the host '%s' cannot be read (PU1046): %s".formatted(name(), e.getMessage()), e);
        }
    }

    /**
     * The process that acts on this host for us: this JVM, or our helper elsewhere. Things that it did here under its
     * name are leftovers after its end.
     *
     * @return its name, as this host sees it
     * @throws HostException if it cannot be told
     */
    default ProcessName actor() {
        return files().link("/proc/self")
                .flatMap(pid -> ProcessName.of(files(), Long.parseLong(pid)))
                .orElseThrow(() -> new HostException(
                        "It is not known which process acts on the host '%s' (PU1038): there is no link /proc/self to a process."
                                .formatted(name())));
    }

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

    /**
     * A process that has the mounts of the machine, where this host has others: a path of the Docker daemon is found in its
     * root.
     *
     * @return its id; empty where this host has the machine's mounts itself
     */
    default OptionalLong withMountsOfMachine() {
        return OptionalLong.empty();
    }

    /**
     * Reads the mappings of the processes of a control group.
     *
     * @param group the group's folder; those below it belong to it, but for that of our own tools
     * @param wanted which files
     * @return the processes that have mapped such files now; one that begins or ends meanwhile may be missing, or half there
     */
    default List<RunningProcess> running(String group, WantedFiles wanted) {
        return ProcessMaps.of(files(), group, wanted);
    }

    /**
     * The first process of a container, where this host is that container itself and has its own process ids.
     *
     * @param containerId the container's full id
     * @return empty on a machine, which knows processes by the ids that the daemon tells
     */
    default OptionalLong firstProcessOf(String containerId) {
        return OptionalLong.empty();
    }

    /**
     * The cgroup of this host's own tools, where it is below that of a container which is probed from here.
     *
     * @return the inode number of its folder; empty where tools are in no container that is probed
     */
    default OptionalLong toolsCgroup() {
        return OptionalLong.empty();
    }

    /**
     * Says whether what is started here ends when the container ends that is probed from here.
     *
     * @return false for a machine
     */
    default boolean endsWithTarget() {
        return false;
    }

    /**
     * Where a host of this kind shows roots: what the kernel knows by a path below was made among the same processes. A daemon
     * in a container has sidecars on the same kernel, which see other processes.
     *
     * @return a folder below {@link #SHOWN_ROOTS}
     */
    default String shownRoots() {
        return shownRoots(files());
    }

    /**
     * Where a host shows roots that sees these files.
     *
     * @param files of the host
     * @return a folder below {@link #SHOWN_ROOTS}
     */
    static String shownRoots(HostFiles files) {
        return SHOWN_ROOTS + "/"
                + PidNamespace.of(files)
                        .map(namespace -> String.valueOf(namespace.number()))
                        .orElse("nameless");
    }

    /**
     * Where tools have their folders: what the kernel knows by a path below was made from a host of this kind.
     *
     * @return {@link #OURS} or a folder below it; writable, empty after a boot
     */
    default String ownFolder() {
        return OURS;
    }

    /**
     * Says whether a uprobe that the kernel lists may be one that was made from here. Its name holds a process id, which other
     * PID namespaces have too.
     *
     * @param path of the probed file as the kernel lists it
     * @return false if it was certainly made from elsewhere
     */
    default boolean mayHaveProbed(String path) {
        return !path.startsWith(OURS + "/") || path.startsWith(shownRoots() + "/");
    }

    /**
     * Says whether a uprobe that the kernel lists was made by us, on a host that has ended: one of this kind, or a container
     * that this host would see.
     *
     * @param path of the probed file as the kernel lists it
     * @param pid of the process that made it, as that host saw it
     * @return false also if that cannot be told
     */
    default boolean isAbandoned(String path, long pid) {
        return InsideHelper.of(path)
                .map(helper -> helper.hasEnded(files()))
                .orElseGet(() -> PidNamespace.of(files()).isPresent()
                        && path.startsWith(shownRoots() + "/")
                        && ProcessName.of(files(), pid).isEmpty());
    }
}
