package io.probeunit.internal.docker;

/**
 * The settings with which a container was created.
 *
 * @param privileged whether its processes may do what root of the machine may
 * @param pidMode whose process ids it has, as for {@code docker run --pid}: empty or {@code private} for its own
 */
public record ContainerMode(boolean privileged, String pidMode) {

    /**
     * Says whether the container has its own process ids, in which its main process is number 1.
     *
     * @return false where it shares those of the machine, or of another container
     */
    public boolean hasOwnProcessIds() {
        return pidMode.isEmpty() || pidMode.equals("private");
    }

    /**
     * Says whether the container has the process ids of the daemon's machine.
     *
     * @return false where they are its own, or those of another container
     */
    public boolean hasMachinesProcessIds() {
        return pidMode.equals("host");
    }
}
