package io.probeunit.internal.junit.hosts;

import io.probeunit.annotations.ProbeSettings;
import io.probeunit.internal.docker.DockerContainer;
import io.probeunit.internal.host.HostException;
import io.probeunit.internal.host.LivingHost;
import io.probeunit.internal.targets.ContainerStatus;
import io.probeunit.internal.targets.TargetResolver;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Each target is probed from inside itself. A target that was started again is another host, because the former host
 * ended with it.
 */
public final class StationInside implements Station, AutoCloseable {

    private static final List<ProbeSettings.Engine> ENGINES =
            List.of(ProbeSettings.Engine.STAP, ProbeSettings.Engine.UPROBE);

    private final Outfitter outfitter;
    private final Map<String, Inside> containers = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** Makes hosts of containers, and equips them. */
    public interface Outfitter {
        /**
         * Makes a host.
         *
         * @throws HostException if the container cannot be one, with the reason
         */
        LivingHost host(DockerContainer container, ContainerStatus status);

        /** Equips a host. */
        Equipment equip(LivingHost host);
    }

    /** The host in one container, with what it has; made anew where it has ended. */
    private final class Inside {

        private volatile Optional<Equipped> made = Optional.empty();

        /** Others of this container wait here while the daemon and the helper are waited for, and those of no other. */
        synchronized Equipped made(Supplier<Equipped> maker) {
            return alive().orElseGet(() -> keep(maker.get()));
        }

        Optional<Equipped> alive() {
            return made.filter(equipped -> equipped.host().isAlive());
        }

        void close() {
            made.ifPresent(equipped -> equipped.host().close());
        }

        /** It may be made while the station is closed, which does not wait for it. */
        private Equipped keep(Equipped equipped) {
            made = Optional.of(equipped);
            if (closed) {
                close();
            }
            return equipped;
        }
    }

    private record Equipped(LivingHost host, Equipment equipment) {}

    public StationInside(Outfitter outfitter) {
        this.outfitter = outfitter;
    }

    @Override
    public String hostName() {
        return "container";
    }

    @Override
    public boolean hasEngine(ProbeSettings.Engine setting) {
        return setting == ProbeSettings.Engine.AUTO || ENGINES.contains(setting);
    }

    @Override
    public String reasonAgainst(ProbeSettings.Engine engine) {
        return engine == ProbeSettings.Engine.PERF ? "perf does not run inside a target" : "";
    }

    @Override
    public List<String> engineNames() {
        return ENGINES.stream().map(Enum::name).toList();
    }

    @Override
    public boolean isContainer(Object value) {
        return DockerContainer.of(value).isPresent();
    }

    @Override
    public Optional<Equipment> common() {
        return Optional.empty();
    }

    /** Asks the daemon only where there is no helper that answers: that takes milliseconds, for every test. */
    @Override
    public Equipment at(String name, Object container) {
        DockerContainer docker = DockerContainer.of(container)
                .orElseThrow(() -> new IllegalArgumentException(container + " is no container"));
        Inside inside = containers.computeIfAbsent(docker.id().orElse(""), id -> new Inside());
        return inside.alive()
                .orElseGet(() -> inside.made(() -> equipped(name, docker)))
                .equipment();
    }

    private Equipped equipped(String name, DockerContainer container) {
        ContainerStatus status = TargetResolver.running(name, container);
        try {
            return equipped(outfitter.host(container, status));
        } catch (HostException e) {
            throw new UnavailableException("Target %s cannot be probed from inside its container (host CONTAINER): %s"
                    .formatted(name, e.getMessage()));
        }
    }

    private Equipped equipped(LivingHost host) {
        boolean complete = false;
        try {
            Equipped equipped = new Equipped(host, outfitter.equip(host));
            complete = true;
            return equipped;
        } finally {
            if (!complete) {
                host.close();
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        containers.values().forEach(Inside::close);
    }
}
