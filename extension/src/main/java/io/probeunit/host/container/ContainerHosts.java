package io.probeunit.host.container;

import io.probeunit.docker.ContainerMode;
import io.probeunit.docker.ContainerStatus;
import io.probeunit.docker.DockerContainer;
import io.probeunit.host.HostException;
import io.probeunit.host.HostFiles;
import io.probeunit.host.LocalHost;
import io.probeunit.host.Owner;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The hosts that this JVM has in containers. Thread-safe. */
public final class ContainerHosts {

    /** A uprobe that a dead host left is known by the name in its path. */
    private final Set<AgentName> living = ConcurrentHashMap.newKeySet();

    private final HostFiles here = new LocalHost().files();

    /** Knows of none yet. */
    public ContainerHosts() {
        // nothing is started
    }

    /**
     * Makes a host of a running container: starts a shell in it that waits for requests.
     *
     * @param container the container
     * @param status as the daemon describes it
     * @param settings what our tools are given
     * @return a host that ends with the container, or when it is closed
     * @throws HostException if the container is not privileged, has no shell or too few programs, or the kernel refuses, with
     *     the reason
     * @throws io.probeunit.docker.DockerAccessException if the daemon does not answer
     */
    public ContainerHost in(DockerContainer container, ContainerStatus status, ContainerSettings settings) {
        ContainerMode mode = container
                .mode()
                .orElseThrow(() -> new HostException("There is no container %s any more.".formatted(status.shortId())));
        refuseUnfit(status, mode);
        AgentName name = AgentName.of(Owner.thisJvm(here));
        living.add(name);
        boolean settled = false;
        try {
            ContainerHost host = ContainerHost.settle(
                    new ContainerHost.Place(status.id(), status.shortId(), name, mode.hasOwnProcessIds()),
                    command -> new DockerChannel(container, command),
                    other -> isDead(name, other),
                    settings.files());
            host.onEnd(() -> living.remove(name));
            settled = true;
            return host;
        } finally {
            if (!settled) {
                living.remove(name);
            }
        }
    }

    private static void refuseUnfit(ContainerStatus status, ContainerMode mode) {
        if (!mode.privileged()) {
            throw new HostException(
                    "Container %s (image %s) is not privileged, so that nothing in it may arm probes. Start it with withPrivilegedMode(true) if its image has SystemTap, or set the host to SIDECAR or LOCAL, which need neither."
                            .formatted(status.shortId(), status.image()));
        }
        if (!mode.hasOwnProcessIds() && !mode.hasMachinesProcessIds()) {
            throw new HostException(
                    "Container %s has the process ids of another container (--pid=%s), so that its first process cannot be told from inside. Set the host to SIDECAR or LOCAL."
                            .formatted(status.shortId(), mode.pidMode()));
        }
    }

    private boolean isDead(AgentName self, AgentName other) {
        if (!other.isAtPlaceOf(self)) {
            return false;
        }
        return other.jvm().equals(self.jvm())
                ? !living.contains(other)
                : !other.jvm().isAlive(here);
    }
}
