package io.probeunit.internal.targets;

import io.probeunit.internal.plan.Doubt;
import java.util.Optional;

/**
 * Checks whether a container is still the one for which probes were armed.
 *
 * <p>A container that is started again has a new cgroup, whose tasks are not counted. While its main process lives,
 * which {@code /proc} shows within microseconds, it was not started again; only otherwise the daemon is asked.
 * Thread-safe.
 */
public final class ContainerLife {

    private final TargetResolver resolver;
    private final Target target;
    private final DaemonContainer container;

    /**
     * Begins to watch.
     *
     * @param resolver of the host that the target was resolved on
     * @param target as it was resolved
     * @param container the container behind it
     */
    public ContainerLife(TargetResolver resolver, Target target, DaemonContainer container) {
        this.resolver = resolver;
        this.target = target;
        this.container = container;
    }

    /**
     * Says what became of it.
     *
     * @return empty while it is in the same life
     * @throws RuntimeException if the daemon does not answer
     */
    public Optional<ContainerChange> change() {
        if (resolver.isSame(target)) {
            return Optional.empty();
        }
        Optional<ContainerStatus> status = container.status();
        return status.isEmpty()
                ? Optional.of(new ContainerChange.Ended("ended and was removed", 0))
                : status.flatMap(this::change);
    }

    private Optional<ContainerChange> change(ContainerStatus now) {
        if (isAnotherLife(now)) {
            return Optional.of(new ContainerChange.StartedAgain(doubt(now)));
        }
        return now.isRunning() ? Optional.empty() : Optional.of(end(now));
    }

    private static ContainerChange end(ContainerStatus status) {
        String memory = status.outOfMemory()
                ? ": its processes needed more memory than it may have, so the kernel ended one"
                : "";
        return new ContainerChange.Ended(
                "ended with status %d%s".formatted(status.exitCode(), memory), status.exitCode());
    }

    private boolean isAnotherLife(ContainerStatus status) {
        boolean other = !status.id().equals(target.containerId());
        boolean onTheWay = status.status().equals("restarting");
        return other || onTheWay || !status.startedAt().equals(target.startedAt());
    }

    private Doubt doubt(ContainerStatus status) {
        return Doubt.missed("container %s was started again at %s; its calls since then are not counted"
                .formatted(target.name(), status.startedAt()));
    }
}
