package io.probeunit.junit;

import io.probeunit.docker.DockerContainer;
import io.probeunit.plan.BinarySelector;
import io.probeunit.recording.TargetWatch;
import io.probeunit.target.ContainerLife;
import io.probeunit.target.Target;
import io.probeunit.target.TargetResolver;

/** Containers of Testcontainers. */
final class DockerContainers implements Containers {

    private final TargetResolver resolver;

    DockerContainers(TargetResolver resolver) {
        this.resolver = resolver;
    }

    @Override
    public boolean isContainer(Object value) {
        return DockerContainer.of(value).isPresent();
    }

    @Override
    public Target target(String name, Object container, BinarySelector defaultBinary) {
        return resolver.resolve(name, docker(container), defaultBinary);
    }

    @Override
    public boolean isSame(Target target) {
        return resolver.isSame(target);
    }

    @Override
    public TargetWatch watch(Target target, Object container) {
        return new ContainerLife(resolver, target, docker(container))::interruption;
    }

    private static DockerContainer docker(Object container) {
        return DockerContainer.of(container)
                .orElseThrow(() -> new IllegalArgumentException(container + " is no container"));
    }
}
