package io.probeunit.internal.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalInt;

/**
 * A process that was started in a running container, as root, as {@code docker exec -i} does.
 *
 * <p>When this JVM ends, however it ends, the daemon closes the standard input of the process. The process itself
 * decides whether it then ends. Thread-safe.
 */
public final class ContainerExec implements AutoCloseable {

    private final DockerClient docker;
    private final String exec;
    private final Attachment attachment;

    private ContainerExec(DockerClient docker, String exec, Attachment attachment) {
        this.docker = docker;
        this.exec = exec;
        this.attachment = attachment;
    }

    static ContainerExec start(
            DockerClient docker, String container, List<String> command, InputStream input, StreamListener listener) {
        Attachment attachment = new Attachment(listener);
        try {
            String exec = docker.execCreateCmd(container)
                    .withCmd(command.toArray(String[]::new))
                    .withUser("0")
                    .withAttachStdin(true)
                    .withAttachStdout(true)
                    .withAttachStderr(true)
                    .exec()
                    .getId();
            ConnectionThreads.connect(() ->
                    docker.execStartCmd(exec).withStdIn(input).withDetach(false).exec(attachment));
            attachment.awaitConnected();
            return new ContainerExec(docker, exec, attachment);
        } catch (InterruptedException e) {
            attachment.closeQuietly();
            Thread.currentThread().interrupt();
            throw new DockerAccessException("Interrupted while a process was started in a container (PU1029).", e);
        } catch (RuntimeException e) {
            attachment.closeQuietly();
            throw new DockerAccessException(
                    "The Docker daemon did not start '%s' in container %s (PU1028): %s"
                            .formatted(command.get(0), container, e.getMessage()),
                    e);
        }
    }

    /**
     * How the process ended.
     *
     * @return its exit status; empty while it runs, and where the container is gone
     * @throws DockerAccessException if the daemon does not answer
     */
    public OptionalInt exitCode() {
        try {
            Long code = docker.inspectExecCmd(exec).exec().getExitCodeLong();
            return code == null ? OptionalInt.empty() : OptionalInt.of(code.intValue());
        } catch (NotFoundException e) {
            return OptionalInt.empty();
        } catch (RuntimeException e) {
            throw new DockerAccessException(
                    "The Docker daemon did not say how a process in a container ended (PU1030): " + e.getMessage(), e);
        }
    }

    /** Ends the connection, and with it the process's standard input. Does nothing the second time. */
    @Override
    public void close() {
        attachment.closeQuietly();
    }
}
