package io.probeunit.internal.host.container;

import io.probeunit.internal.docker.Archive;
import io.probeunit.internal.docker.ContainerMode;
import io.probeunit.internal.docker.DockerAccessException;
import io.probeunit.internal.docker.DockerContainer;
import io.probeunit.internal.host.HostException;
import io.probeunit.internal.host.HostFiles;
import io.probeunit.internal.host.LocalHost;
import io.probeunit.internal.host.Owner;
import io.probeunit.internal.host.helper.Helper;
import io.probeunit.internal.host.helper.HelperMachine;
import io.probeunit.internal.host.helper.InsideMounts;
import io.probeunit.internal.kernel.HelperKernel;
import io.probeunit.internal.kernel.Machine;
import io.probeunit.internal.targets.ContainerStatus;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The hosts that this JVM has in containers. Thread-safe. */
public final class ContainerHosts {

    /** A uprobe that a dead host left is known by the name in its path. */
    private final Set<HelperName> living = ConcurrentHashMap.newKeySet();

    private final HostFiles here = new LocalHost().files();

    /**
     * Makes a host of a running container: copies our helper into it, starts it there, and removes the copy.
     *
     * @param container the container
     * @param status as the daemon describes it
     * @param settings what our tools are given
     * @return a host that ends with the container, or when it is closed
     * @throws HostException if the container is not privileged, its files cannot be written, or the kernel refuses, with the
     *     reason
     * @throws io.probeunit.internal.docker.DockerAccessException if the daemon does not answer
     */
    public ContainerHost in(DockerContainer container, ContainerStatus status, ContainerSettings settings) {
        ContainerMode mode = container
                .mode()
                .orElseThrow(() ->
                        new HostException("There is no container %s any more (PU1026).".formatted(status.shortId())));
        refuseUnfit(status, mode);
        HelperName name = HelperName.of(Owner.thisJvm(here));
        living.add(name);
        ContainerHost.Place place =
                new ContainerHost.Place(status.id(), status.shortId(), name, mode.hasOwnProcessIds());
        boolean settled = false;
        Helper helper = start(container, place);
        try {
            InsideMounts mounts = InsideMounts.make(helper, name.inside());
            Archive.of("/tmp", settings.files()).entries().forEach((path, content) -> {
                helper.files().createFolder(path.substring(0, path.lastIndexOf('/')));
                helper.files().write(path, content);
            });
            helper.kernel().serveMany();
            settled = true;
            return new ContainerHost(place, helper, mounts, other -> isDead(name, other));
        } finally {
            if (!settled) {
                helper.close();
            }
        }
    }

    private Helper start(DockerContainer container, ContainerHost.Place place) {
        String path = place.name().inside().program();
        try {
            Machine machine = HelperMachine.ofDaemon();
            container.put(new Archive(Map.of(path.substring(1), HelperMachine.helper(machine))));
            DockerChannel channel = new DockerChannel(container, List.of(path));
            Helper helper = new Helper(
                    new HelperKernel(machine, channel.output(), channel.input(), () -> {
                        living.remove(place.name());
                        return "The helper in container %s is gone (PU1049): %s."
                                .formatted(place.shortId(), channel.end());
                    }),
                    channel::close,
                    true);
            helper.files().delete(path);
            return helper;
        } catch (HostException | DockerAccessException e) {
            living.remove(place.name());
            throw new HostException(
                    "Our helper could not be started in container %s (PU1050): %s"
                            .formatted(place.shortId(), e.getMessage()),
                    e);
        }
    }

    private static void refuseUnfit(ContainerStatus status, ContainerMode mode) {
        if (!mode.privileged()) {
            throw new HostException(
                    "Container %s (image %s) is not privileged, so no process in it may arm probes (PU1024). Start it with withPrivilegedMode(true), or set the host to SIDECAR or LOCAL, which do not need that."
                            .formatted(status.shortId(), status.image()));
        }
        if (!mode.hasOwnProcessIds() && !mode.hasMachinesProcessIds()) {
            throw new HostException(
                    "Container %s has the process ids of another container (--pid=%s), so its main process is not known from inside (PU1025). Set the host to SIDECAR or LOCAL."
                            .formatted(status.shortId(), mode.pidMode()));
        }
    }

    private boolean isDead(HelperName self, HelperName other) {
        if (!other.isAtPlaceOf(self)) {
            return false;
        }
        return other.jvm().equals(self.jvm())
                ? !living.contains(other)
                : !other.jvm().isAlive(here);
    }
}
