package io.probeunit.internal.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import io.probeunit.internal.concurrent.Deadline;
import io.probeunit.internal.concurrent.Interrupts;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.testcontainers.DockerClientFactory;

/**
 * A privileged container that sees all processes of its daemon's machine. ProbeUnit talks to its main process through
 * the standard streams.
 *
 * <p>It ends with the connection: when this JVM ends, however it ends, the daemon closes the standard input of the main
 * process. The main process then ends, and the daemon removes the container. Thread-safe.
 */
public final class SidecarContainer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(20);

    private final DockerClient docker;
    private final String id;
    private final Attachment attachment;

    private SidecarContainer(DockerClient docker, String id, Attachment attachment) {
        this.docker = docker;
        this.id = id;
        this.attachment = attachment;
    }

    /**
     * What is to be started.
     *
     * @param image an image that {@link HelperImage#prepare} has named
     * @param command the main process
     * @param files put into the container before its main process begins
     * @param labels by which the container can be found
     */
    public record Plan(String image, List<String> command, Archive files, Map<String, String> labels) {
        /** Keeps copies. */
        public Plan {
            command = List.copyOf(command);
            labels = Map.copyOf(labels);
        }
    }

    /**
     * The kind of machine that the daemon runs containers on.
     *
     * @return for example {@code x86_64}, {@code aarch64}
     * @throws DockerAccessException if the daemon does not tell
     */
    public static String machine() {
        try {
            return Objects.requireNonNullElse(client().infoCmd().exec().getArchitecture(), "unknown");
        } catch (DockerAccessException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new DockerAccessException(
                    "The Docker daemon did not describe its machine (PU1042): " + e.getMessage(), e);
        }
    }

    /** The same, as images name it; Go's {@code GOARCH}. */
    static String platform() {
        return machine().replace("x86_64", "amd64").replace("aarch64", "arm64");
    }

    /**
     * Starts a sidecar. It is connected before its main process begins.
     *
     * @param plan what to start
     * @param input read by a thread of the connection, to its end
     * @param listener hears the main process
     * @return the running container
     * @throws DockerAccessException if the daemon refuses; nothing is left behind
     */
    public static SidecarContainer start(Plan plan, InputStream input, StreamListener listener) {
        DockerClient docker = client();
        String id = create(docker, plan);
        try {
            if (!plan.files().entries().isEmpty()) {
                docker.copyArchiveToContainerCmd(id)
                        .withTarInputStream(
                                new ByteArrayInputStream(plan.files().tar()))
                        .withRemotePath("/")
                        .exec();
            }
            Attachment attachment = ConnectionThreads.connect(() -> docker.attachContainerCmd(id)
                    .withStdIn(input)
                    .withStdOut(true)
                    .withStdErr(true)
                    .withFollowStream(true)
                    .exec(new Attachment(listener)));
            attachment.awaitConnected();
            docker.startContainerCmd(id).exec();
            return new SidecarContainer(docker, id, attachment);
        } catch (InterruptedException e) {
            remove(docker, id);
            Thread.currentThread().interrupt();
            throw new DockerAccessException("Interrupted while a privileged helper container was started (PU1019).", e);
        } catch (RuntimeException e) {
            remove(docker, id);
            throw refused(e);
        } catch (Error e) {
            remove(docker, id);
            throw e;
        }
    }

    /**
     * Removes containers, running or not.
     *
     * @param label what all of them carry
     * @param dead tells by the label's value which to remove
     * @throws DockerAccessException if the daemon does not list them
     */
    public static void removeAll(String label, Predicate<String> dead) {
        DockerClient docker = client();
        try {
            docker.listContainersCmd().withShowAll(true).withLabelFilter(List.of(label)).exec().stream()
                    .filter(c -> dead.test(c.getLabels().getOrDefault(label, "")))
                    .map(Container::getId)
                    .forEach(id -> remove(docker, id));
        } catch (RuntimeException e) {
            throw refused(e);
        }
    }

    /**
     * The container's id.
     *
     * @return 64 hexadecimal digits
     */
    public String id() {
        return id;
    }

    /** Removes the container, and returns when it is gone. Does nothing the second time. */
    @Override
    public void close() {
        remove(docker, id);
        attachment.closeQuietly();
    }

    private static String create(DockerClient docker, Plan plan) {
        Map<String, String> labels = new HashMap<>(DockerClientFactory.DEFAULT_LABELS);
        // so that Testcontainers' own clean-up, where it runs, knows it too
        labels.put(DockerClientFactory.TESTCONTAINERS_SESSION_ID_LABEL, DockerClientFactory.SESSION_ID);
        labels.putAll(plan.labels());
        try {
            CreateContainerResponse created = docker.createContainerCmd(plan.image())
                    .withEntrypoint(plan.command())
                    .withLabels(labels)
                    .withUser("0")
                    .withAttachStdin(true)
                    .withStdinOpen(true)
                    .withStdInOnce(true)
                    .withHostConfig(rights())
                    .exec();
            return created.getId();
        } catch (RuntimeException e) {
            throw refused(e);
        }
    }

    /** All that is asked for by name: a daemon's defaults differ with its version and settings. */
    static HostConfig rights() {
        return HostConfig.newHostConfig()
                .withPrivileged(true)
                .withPidMode("host")
                .withCgroupnsMode("host")
                // a daemon that maps users elsewhere grants privileges in the machine's user namespace alone
                .withUsernsMode("host")
                .withNetworkMode("none")
                // it speaks with us alone, and much: the daemon would write all of it to its disk
                .withLogConfig(new LogConfig(LogConfig.LoggingType.NONE))
                .withAutoRemove(true);
    }

    static DockerClient client() {
        try {
            return DockerClientFactory.instance().client();
        } catch (RuntimeException e) {
            throw new DockerAccessException("No Docker daemon can be reached (PU1017): " + e.getMessage(), e);
        }
    }

    private static DockerAccessException refused(RuntimeException e) {
        return new DockerAccessException(
                "The Docker daemon did not start a privileged container (PU1018): " + e.getMessage(), e);
    }

    static void remove(DockerClient docker, String id) {
        try {
            docker.removeContainerCmd(id).withForce(true).exec();
        } catch (NotFoundException gone) {
            // expected
        } catch (ConflictException beingRemoved) {
            // by the daemon itself, since its main process has ended
            awaitGone(docker, id);
        } catch (RuntimeException e) {
            System.getLogger(SidecarContainer.class.getName())
                    .log(System.Logger.Level.DEBUG, "Removing the container {0}: {1}", id, e.getMessage());
        }
    }

    /** Others who look for containers of this run, as Testcontainers does at its end, would stumble over one half gone. */
    private static void awaitGone(DockerClient docker, String id) {
        Interrupts.orElse(false, () -> Deadline.after(PATIENCE).poll(POLL, () -> isGone(docker, id)));
    }

    private static boolean isGone(DockerClient docker, String id) {
        try {
            docker.inspectContainerCmd(id).exec();
            return false;
        } catch (RuntimeException goneOrDaemonGone) {
            // a daemon that has gone took its containers with it
            return true;
        }
    }
}
