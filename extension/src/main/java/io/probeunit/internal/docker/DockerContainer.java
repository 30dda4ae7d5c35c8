package io.probeunit.internal.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ContainerConfig;
import io.probeunit.internal.targets.ContainerStatus;
import io.probeunit.internal.targets.DaemonContainer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.testcontainers.containers.Container;
import org.testcontainers.containers.ExecConfig;

/**
 * A container that a test started with Testcontainers.
 *
 * <p>Asks the daemon at every call, because the state that Testcontainers remembers is wrong after a restart.
 * Thread-safe.
 */
public final class DockerContainer implements DaemonContainer {

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
     * The container's id.
     *
     * @return 64 hexadecimal digits, or empty while no container has been created
     */
    public Optional<String> id() {
        return Optional.ofNullable(container.getContainerId());
    }

    /**
     * {@inheritDoc}
     *
     * @throws DockerAccessException if the daemon does not answer
     */
    @Override
    public Optional<ContainerStatus> status() {
        return inspect().map(DockerContainer::status);
    }

    private Optional<InspectContainerResponse> inspect() {
        if (id().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(container.getCurrentContainerInfo());
        } catch (NotFoundException e) {
            return Optional.empty();
        } catch (RuntimeException e) {
            // docker-java has no type of its own for a daemon that cannot be reached
            throw new DockerAccessException(
                    "The Docker daemon did not describe the container %s (PU0421): %s"
                            .formatted(id().orElse("?"), e.getMessage()),
                    e);
        }
    }

    /**
     * The container's files, through the daemon.
     *
     * @return empty while no container has been created
     */
    public Optional<ContainerArchive> archive() {
        return id().map(id -> new ContainerArchive(id, container.getDockerClient()));
    }

    /**
     * The programs that the container's processes run, as the daemon's machine tells them ({@code docker top}).
     *
     * @return paths inside the container by PID, that of the daemon's machine; with {@code " (deleted)"} at the end where
     *     the file is gone; empty if the container does not run, or the {@code ps} of that machine is too old to tell
     */
    public Map<Long, String> executables() {
        return top("exe");
    }

    /**
     * The users that the container's processes run as, as numbers.
     *
     * @return by PID, that of the daemon's machine; empty if the container does not run
     */
    public Map<Long, String> users() {
        return top("uid");
    }

    private Map<Long, String> top(String column) {
        Map<Long, String> values = new TreeMap<>();
        try {
            String[][] rows = container
                    .getDockerClient()
                    .topContainerCmd(container.getContainerId())
                    .withPsArgs("-o pid," + column)
                    .exec()
                    .getProcesses();
            for (String[] row : rows) {
                if (row.length == 2 && row[0].matches("\\d{1,18}") && !row[1].equals("-")) {
                    values.put(Long.valueOf(row[0]), row[1]);
                }
            }
        } catch (RuntimeException notTold) {
            // another ps, or a container that has ended
            return Map.of();
        }
        return values;
    }

    /**
     * Runs a short command in the container.
     *
     * @param user its number or name
     * @param command the program with its arguments
     * @return its standard output; empty if it failed, is not in the image, or the container does not run
     */
    public Optional<String> output(String user, String... command) {
        try {
            Container.ExecResult result = container.execInContainer(
                    ExecConfig.builder().user(user).command(command).build());
            return Optional.of(result)
                    .filter(r -> r.getExitCode() == 0)
                    .map(Container.ExecResult::getStdout)
                    .map(String::strip)
                    .filter(text -> !text.isEmpty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (IOException | RuntimeException notRun) {
            return Optional.empty();
        }
    }

    /**
     * Starts a process in the container, as root.
     *
     * @param command the program with its arguments, each of which reaches it as it is
     * @param input read by a thread of the connection, to its end
     * @param listener hears the process
     * @return the connection with it
     * @throws DockerAccessException if the daemon does not start it
     */
    public ContainerExec exec(List<String> command, InputStream input, StreamListener listener) {
        return ContainerExec.start(container.getDockerClient(), container.getContainerId(), command, input, listener);
    }

    /**
     * Puts files into the container, running or not.
     *
     * @param files by paths from its root
     * @throws DockerAccessException if the daemon refuses, as where the container's files are read-only
     */
    public void put(Archive files) {
        try {
            container
                    .getDockerClient()
                    .copyArchiveToContainerCmd(container.getContainerId())
                    .withTarInputStream(new ByteArrayInputStream(files.tar()))
                    .withRemotePath("/")
                    .exec();
        } catch (RuntimeException e) {
            throw new DockerAccessException(
                    "The Docker daemon did not put files into the container %s (PU1040): %s"
                            .formatted(id().orElse("?"), e.getMessage()),
                    e);
        }
    }

    /**
     * What the container was given when it was created.
     *
     * @return empty if there is no such container
     * @throws DockerAccessException if the daemon does not answer
     */
    public Optional<ContainerMode> mode() {
        return inspect()
                .map(InspectContainerResponse::getHostConfig)
                .map(config -> new ContainerMode(
                        Boolean.TRUE.equals(config.getPrivileged()),
                        Objects.requireNonNullElse(config.getPidMode(), "")));
    }

    /**
     * A variable of the environment that the container was created with.
     *
     * @param name of the variable
     * @return its value; empty if it is not set, or the container is not there
     * @throws DockerAccessException if the daemon does not answer
     */
    public Optional<String> environment(String name) {
        return inspect().map(InspectContainerResponse::getConfig).map(ContainerConfig::getEnv).stream()
                .flatMap(Stream::of)
                .filter(variable -> variable.startsWith(name + "="))
                .map(variable -> variable.substring(name.length() + 1))
                .findFirst();
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
                Objects.requireNonNullElse(state.getExitCodeLong(), 0L),
                Boolean.TRUE.equals(state.getOOMKilled()));
    }

    private static String image(InspectContainerResponse answer) {
        String named = answer.getConfig() == null ? null : answer.getConfig().getImage();
        return named != null ? named : Objects.requireNonNullElse(answer.getImageId(), "unknown");
    }
}
