package io.probeunit.internal.host;

import java.util.Optional;

/**
 * Our helper in a container that is probed from inside. Its process ids are those of the container, so on the container's
 * machine it is known by its program.
 *
 * @param name of this helper alone
 */
public record InsideHelper(String name) {

    private static final String PROGRAM = "/.probeunit-";

    /**
     * Reads whose a path is that the kernel lists.
     *
     * @param path of a probed file
     * @return empty if it is not below {@link Host#SHOWN_INSIDE}
     */
    public static Optional<InsideHelper> of(String path) {
        String parent = Host.SHOWN_INSIDE + "/";
        int end = path.indexOf('/', parent.length());
        return path.startsWith(parent) && end > parent.length()
                ? Optional.of(new InsideHelper(path.substring(parent.length(), end)))
                : Optional.empty();
    }

    /** The path by which it is started in the container; its first argument, for as long as it runs. */
    public String program() {
        return PROGRAM + name;
    }

    /** The folder of its own: what the kernel knows by a path below is this helper's. */
    public String folder() {
        return Host.SHOWN_INSIDE + "/" + name;
    }

    /**
     * Says whether it has ended.
     *
     * @param files of a host
     * @return false also if the host does not see the processes of all containers
     */
    public boolean hasEnded(HostFiles files) {
        return PidNamespace.of(files).filter(PidNamespace::isWholeMachine).isPresent()
                && files.list("/proc").stream()
                        .filter(entry -> entry.matches("\\d+"))
                        .noneMatch(pid -> files.textIfThere("/proc/" + pid + "/cmdline")
                                .filter(command -> command.startsWith(program() + "\0"))
                                .isPresent());
    }
}
