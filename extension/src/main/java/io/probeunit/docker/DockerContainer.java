package io.probeunit.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.exception.NotFoundException;
import java.util.Objects;
import java.util.Optional;

/**
 * A container that a test started with Testcontainers.
 *
 * <p>Asks the daemon anew at every call, since what Testcontainers remembers is stale after a restart. Thread-safe.
 */
public final class DockerContainer {

    private final org.testcontainers.containers.ContainerState container;

    private DockerContainer(org.testcontainers.containers.ContainerState container) {
        this.container = container;
    }

    /**
     * Recognises a container.
     *
     * @param value the value of a field
     * @return empty if it is no container of Testcontainers
     */
    public static Optional<DockerContainer> of(Object value) {
        return value instanceof org.testcontainers.containers.ContainerState container
                ? Optional.of(new DockerContainer(container))
                : Optional.empty();
    }

    /**
     * Says whether a field's declared type holds containers.
     *
     * @param type the type
     * @return true for Testcontainers' containers
     */
    public static boolean isContainerType(Class<?> type) {
        return org.testcontainers.containers.ContainerState.class.isAssignableFrom(type);
    }

    /**
     * The container's id.
     *
     * @return 64 hexadecimal digits, or empty while no container has been created
     */
    public Optional<String> id() {
        return Optional.ofNullable(container.getContainerId());
    }

    /**
     * What the daemon says of the container now.
     *
     * @return its state; empty if there is no such container (not created yet, or removed)
     * @throws DockerAccessException if the daemon does not answer
     */
    public Optional<ContainerStatus> status() {
        if (id().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(status(container.getCurrentContainerInfo()));
        } catch (NotFoundException e) {
            return Optional.empty();
        } catch (RuntimeException e) {
            // docker-java has no type of its own for a daemon that cannot be reached
            throw new DockerAccessException(
                    "The Docker daemon did not describe the container %s: %s"
                            .formatted(id().orElse("?"), e.getMessage()),
                    e);
        }
    }

    private static ContainerStatus status(InspectContainerResponse answer) {
        ContainerState state = answer.getState();
        return new ContainerStatus(
                answer.getId(),
                Objects.requireNonNullElse(answer.getName(), "").replaceFirst("^/", ""),
                image(answer),
                Objects.requireNonNullElse(state.getStatus(), "unknown"),
                Objects.requireNonNullElse(state.getPidLong(), 0L),
                Objects.requireNonNullElse(state.getStartedAt(), ""),
                Objects.requireNonNullElse(state.getExitCodeLong(), 0L));
    }

    private static String image(InspectContainerResponse answer) {
        String named = answer.getConfig() == null ? null : answer.getConfig().getImage();
        return named != null ? named : Objects.requireNonNullElse(answer.getImageId(), "unknown");
    }
}
