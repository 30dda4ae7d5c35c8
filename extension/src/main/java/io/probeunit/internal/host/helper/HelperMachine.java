package io.probeunit.internal.host.helper;

import io.probeunit.internal.docker.SidecarContainer;
import io.probeunit.internal.host.HostException;
import io.probeunit.internal.kernel.HelperBinary;
import io.probeunit.internal.kernel.Machine;

/** The machine of the Docker daemon, and the helper that runs there. */
public final class HelperMachine {

    private HelperMachine() {}

    /**
     * What kind of machine it is.
     *
     * @return one that there is a helper for
     * @throws HostException if there is none
     */
    public static Machine ofDaemon() {
        String named = SidecarContainer.machine();
        return Machine.named(named)
                .orElseThrow(() -> new HostException(
                        "The Docker daemon's machine is %s; our helper is made for x86_64 and aarch64 (PU1052)."
                                .formatted(named)));
    }

    /**
     * The program for it.
     *
     * @param machine which
     * @return a static ELF file
     * @throws HostException if this archive was built without it
     */
    public static byte[] helper(Machine machine) {
        return HelperBinary.of(machine)
                .orElseThrow(() -> new HostException(
                        "This ProbeUnit was built without its helper for %s (PU1053): the build found no compiler for that. Take a published one, or build it where kernel/src/main/c/build finds one."
                                .formatted(machine)));
    }
}
