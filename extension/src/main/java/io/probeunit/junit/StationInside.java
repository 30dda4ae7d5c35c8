package io.probeunit.junit;

import io.probeunit.annotations.ProbeSettings;
import io.probeunit.docker.ContainerStatus;
import io.probeunit.docker.DockerContainer;
import io.probeunit.host.HostException;
import io.probeunit.host.container.ContainerHost;
import io.probeunit.target.TargetResolver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Each target is probed from inside itself. One that was started again is another host, since the former ended with it. */
final class StationInside implements Station, AutoCloseable {

    private static final String ENGINE = ProbeSettings.Engine.STAP.name();

    private final Outfitter outfitter;
    private final Map<String, Inside> hosts = new HashMap<>();

    /** Makes hosts of containers, and equips them. */
    interface Outfitter {
        /**
         * Makes a host.
         *
         * @throws HostException if the container cannot be one, with the reason
         */
        ContainerHost host(DockerContainer container, ContainerStatus status);

        /** Equips a host. */
        Equipment equip(ContainerHost host);
    }

    private record Inside(ContainerHost host, Equipment equipment) {}

    StationInside(Outfitter outfitter) {
        this.outfitter = outfitter;
    }

    @Override
    public String hostName() {
        return "container";
    }

    @Override
    public boolean hasEngine(ProbeSettings.Engine setting) {
        return setting == ProbeSettings.Engine.AUTO || setting == ProbeSettings.Engine.STAP;
    }

    @Override
    public String reasonAgainst(ProbeSettings.Engine engine) {
        return switch (engine) {
            case UPROBE -> "the built-in engine is a Java program, and images have no Java";
            case PERF -> "perf is run on machines, and not in containers";
            default -> "";
        };
    }

    @Override
    public List<String> engineNames() {
        return List.of(ENGINE);
    }

    @Override
    public boolean isContainer(Object value) {
        return DockerContainer.of(value).isPresent();
    }

    @Override
    public Optional<Equipment> common() {
        return Optional.empty();
    }

    /** Asks the daemon only where there is no shell that answers: that takes milliseconds, for every test. */
    @Override
    public synchronized Equipment at(String name, Object container) {
        DockerContainer docker = DockerContainer.of(container)
                .orElseThrow(() -> new IllegalArgumentException(container + " is no container"));
        String id = docker.id().orElse("");
        Inside known = hosts.get(id);
        if (known != null && known.host().isAlive()) {
            return known.equipment();
        }
        hosts.remove(id);
        ContainerStatus status = TargetResolver.running(name, docker);
        try {
            ContainerHost host = outfitter.host(docker, status);
            Inside inside = new Inside(host, outfitter.equip(host));
            hosts.put(id, inside);
            return inside.equipment();
        } catch (HostException e) {
            throw new UnavailableException("Target %s cannot be probed from inside its container (host CONTAINER): %s"
                    .formatted(name, e.getMessage()));
        }
    }

    @Override
    public void close() {
        List<Inside> all;
        synchronized (this) {
            all = new ArrayList<>(hosts.values());
            hosts.clear();
        }
        all.forEach(inside -> inside.host().close());
    }
}
