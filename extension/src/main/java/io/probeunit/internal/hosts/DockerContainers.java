package io.probeunit.internal.hosts;

import io.probeunit.internal.docker.DockerContainer;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.targets.ContainerLife;
import io.probeunit.internal.targets.MainProgram;
import io.probeunit.internal.targets.Target;
import io.probeunit.internal.targets.TargetFile;
import io.probeunit.internal.targets.TargetResolver;
import io.probeunit.internal.watch.LifeWatch;
import io.probeunit.internal.watch.TargetWatch;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Containers of Testcontainers. */
public final class DockerContainers implements Containers {

    private final Host host;
    private final TargetResolver resolver;
    private final Map<Key, Target> known = new ConcurrentHashMap<>();

    /** As they are seen from a host. */
    public DockerContainers(Host host) {
        this.host = host;
        this.resolver = new TargetResolver(host);
    }

    @Override
    public boolean isContainer(Object value) {
        return DockerContainer.of(value).isPresent();
    }

    /** Asks the daemon only where the first process is not the one that it was: that takes milliseconds, for every test. */
    @Override
    public Target target(String name, Object container, BinarySelector defaultBinary) {
        DockerContainer docker = docker(container);
        Key key = new Key(name, docker.id().orElse(""), defaultBinary);
        return Optional.ofNullable(known.get(key)).filter(resolver::isSame).orElseGet(() -> resolved(key, docker));
    }

    @Override
    public Target remembered(String name, Object container, BinarySelector defaultBinary) {
        DockerContainer docker = docker(container);
        Key key = new Key(name, docker.id().orElse(""), defaultBinary);
        return Optional.ofNullable(known.get(key)).orElseGet(() -> resolved(key, docker));
    }

    private Target resolved(Key key, DockerContainer docker) {
        known.remove(key);
        Target target = resolver.resolve(key.name(), docker, key.defaultBinary());
        known.put(key, target);
        return target;
    }

    private record Key(String name, String containerId, BinarySelector defaultBinary) {}

    @Override
    public boolean isSame(Target target) {
        return resolver.isSame(target);
    }

    @Override
    public TargetWatch watch(Target target, Object container) {
        ContainerLife life = new ContainerLife(resolver, target, docker(container));
        return new LifeWatch(target.name(), life::change);
    }

    @Override
    public Supplier<Optional<Doubt>> watchMain(Target target, TargetFile armed) {
        return new MainProgram(resolver, target, armed)::doubt;
    }

    private static DockerContainer docker(Object container) {
        return DockerContainer.of(container)
                .orElseThrow(() -> new IllegalArgumentException(container + " is no container"));
    }
}
