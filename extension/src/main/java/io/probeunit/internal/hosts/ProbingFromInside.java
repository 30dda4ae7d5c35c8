package io.probeunit.internal.hosts;

import io.probeunit.internal.docker.DockerContainer;
import io.probeunit.internal.engine.EngineChoice;
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
public final class ProbingFromInside implements ProbingHosts, AutoCloseable {

    private final List<String> engines;
    private final Factory factory;
    private final Map<String, Inside> containers = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** Makes hosts of containers, and their engines. */
    public interface Factory {
        /**
         * Makes a host.
         *
         * @throws HostException if the container cannot be one, with the reason
         */
        LivingHost host(DockerContainer container, ContainerStatus status);

        /** Makes the engines of a host. */
        HostEngines engines(LivingHost host);
    }

    /** The host in one container, with what it has; made anew where it has ended. */
    private final class Inside {

        private volatile Optional<WithEngines> made = Optional.empty();

        /** Others of this container wait here while the daemon and the helper are waited for, and those of no other. */
        synchronized WithEngines made(Supplier<WithEngines> maker) {
            return alive().orElseGet(() -> keep(maker.get()));
        }

        Optional<WithEngines> alive() {
            return made.filter(withEngines -> withEngines.host().isAlive());
        }

        void close() {
            made.ifPresent(withEngines -> withEngines.host().close());
        }

        /** It may be made while all of them are closed, and closing does not wait for it. */
        private WithEngines keep(WithEngines withEngines) {
            made = Optional.of(withEngines);
            if (closed) {
                close();
            }
            return withEngines;
        }
    }

    private record WithEngines(LivingHost host, HostEngines hostEngines) {}

    /**
     * Creates them.
     *
     * @param engines the names of those that a container can have
     */
    public ProbingFromInside(List<String> engines, Factory factory) {
        this.engines = List.copyOf(engines);
        this.factory = factory;
    }

    @Override
    public String hostName() {
        return "container";
    }

    @Override
    public boolean hasEngine(EngineChoice choice) {
        return engines.stream().anyMatch(choice::allows);
    }

    @Override
    public List<String> engineNames() {
        return engines.stream().map(name -> EngineChoice.of(name).toString()).toList();
    }

    @Override
    public boolean isContainer(Object value) {
        return DockerContainer.of(value).isPresent();
    }

    @Override
    public Optional<HostEngines> common() {
        return Optional.empty();
    }

    /** Asks the daemon only where there is no helper that answers: that takes milliseconds, for every test. */
    @Override
    public HostEngines at(String name, Object container) {
        DockerContainer docker = DockerContainer.of(container)
                .orElseThrow(() -> new IllegalArgumentException(container + " is no container"));
        Inside inside = containers.computeIfAbsent(docker.id().orElse(""), id -> new Inside());
        return inside.alive()
                .orElseGet(() -> inside.made(() -> withEngines(name, docker)))
                .hostEngines();
    }

    private WithEngines withEngines(String name, DockerContainer container) {
        ContainerStatus status = TargetResolver.running(name, container);
        try {
            return withEngines(factory.host(container, status));
        } catch (HostException e) {
            throw new UnavailableException(
                    "Target %s cannot be probed from inside its container (host CONTAINER) (PU1023): %s"
                            .formatted(name, e.getMessage()));
        }
    }

    private WithEngines withEngines(LivingHost host) {
        boolean complete = false;
        try {
            WithEngines withEngines = new WithEngines(host, factory.engines(host));
            complete = true;
            return withEngines;
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
