package io.probeunit.target;

import io.probeunit.docker.ContainerStatus;
import io.probeunit.docker.DockerContainer;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Tells whether a container is still the one for which probes were armed.
 *
 * <p>A container that is started again has a new cgroup, whose tasks nobody counts. While its first process lives, which
 * {@code /proc} tells within microseconds, it cannot have been; only after that the daemon is asked. Thread-safe.
 */
public final class ContainerLife {

    private final TargetResolver resolver;
    private final Target target;
    private final DockerContainer container;

    /**
     * Begins to watch.
     *
     * @param resolver of the host that the target was resolved on
     * @param target as it was resolved
     * @param container the container behind it
     */
    public ContainerLife(TargetResolver resolver, Target target, DockerContainer container) {
        this.resolver = resolver;
        this.target = target;
        this.container = container;
    }

    /**
     * Says what makes counts uncertain. A container that ended and stays so does not: what it did was counted.
     *
     * @return empty while nothing does; else when it was started again
     * @throws io.probeunit.docker.DockerAccessException if the daemon does not answer
     */
    public Optional<String> interruption() {
        if (resolver.isSame(target)) {
            return Optional.empty();
        }
        return container.status().filter(this::isAnotherLife).map(this::story);
    }

    /**
     * Says with what status the container ended.
     *
     * @return empty while it runs, and if it was started again
     * @throws io.probeunit.docker.DockerAccessException if the daemon does not answer
     */
    public OptionalLong ended() {
        return resolver.isSame(target)
                ? OptionalLong.empty()
                : container.status().stream()
                        .filter(status -> status.status().equals("exited") && !isAnotherLife(status))
                        .mapToLong(ContainerStatus::exitCode)
                        .findFirst();
    }

    private boolean isAnotherLife(ContainerStatus status) {
        boolean other = !status.id().equals(target.containerId());
        boolean onTheWay = status.status().equals("restarting");
        return other || onTheWay || !status.startedAt().equals(target.startedAt());
    }

    private String story(ContainerStatus status) {
        return "container %s was started again at %s; what it has done since is not counted"
                .formatted(target.name(), status.startedAt());
    }
}
