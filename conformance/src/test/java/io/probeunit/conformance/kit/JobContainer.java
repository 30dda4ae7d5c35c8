package io.probeunit.conformance.kit;

import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;

/**
 * A container in which a JVM runs, as CI services run jobs. Closing it removes it.
 *
 * <p>The JVM is its first process, so it has number 1 there.
 */
public final class JobContainer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SOCKET = "/var/run/docker.sock";
    private static final Map<String, String> SETTINGS = Map.of("TESTCONTAINERS_RYUK_DISABLED", "true");

    /** Settings that name files of this machine, which a job does not have. */
    private static final List<String> FILES = List.of("probeunit.sidecar.files", "probeunit.container.files");

    private final String name = "probeunit-job-" + UUID.randomUUID();
    private final Path classPath;
    private final List<String> options;

    private JobContainer(Path classPath, List<String> options) {
        this.classPath = classPath;
        this.options = options;
    }

    /**
     * A job that is given the socket of this machine's daemon.
     *
     * @param classPath a folder for copies of the class path
     */
    public static JobContainer withSocket(Path classPath) {
        return new JobContainer(
                classPath, List.of("-v", SOCKET + ":" + SOCKET, "-e", "TESTCONTAINERS_HOST_OVERRIDE=" + gateway()));
    }

    /** Gives it all privileges. It still has namespaces of its own. */
    public JobContainer privileged() {
        return new JobContainer(
                classPath,
                Stream.concat(options.stream(), Stream.of("--privileged")).toList());
    }

    /**
     * A job that is told where a daemon listens.
     *
     * @param classPath a folder for copies of the class path
     * @param endpoint of the form {@code tcp://HOST:PORT}
     */
    public static JobContainer withDaemon(Path classPath, String endpoint) {
        return new JobContainer(classPath, List.of("-e", "DOCKER_HOST=" + endpoint));
    }

    /** Lets a JVM run in it. */
    public ChildJvm around(ChildJvm jvm) {
        List<String> command = new ArrayList<>(List.of("docker", "run", "--rm", "-i", "--name", name));
        command.addAll(List.of("-v", "%s:%1$s:ro".formatted(classPath)));
        SETTINGS.forEach((key, value) -> command.addAll(List.of("-e", key + "=" + value)));
        command.addAll(options);
        command.add(TestImage.named("job"));
        try {
            Files.createDirectories(classPath);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        FILES.forEach(jvm::withoutProperty);
        return jvm.withClassPathIn(classPath)
                .under(command.toArray(String[]::new))
                .java("java");
    }

    /** The sidecars of the JVM that runs in it now. */
    public Sidecars sidecars() {
        return Sidecars.ofFirstProcess(await("the job's first process")
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(NotFoundException.class)
                .until(this::firstProcess, pid -> pid > 0));
    }

    /** Kills it as {@code docker kill} does. */
    public void kill() {
        docker().killContainerCmd(name).exec();
    }

    @Override
    public void close() {
        try {
            docker().removeContainerCmd(name).withForce(true).exec();
        } catch (NotFoundException hasEnded) {
            // and was removed by the daemon
        }
    }

    /**
     * Where a container on the default bridge finds this machine. A container is asked, not the network: a daemon that
     * has just made its bridge names no gateway for it (Docker 20.10) until it is started again.
     */
    private static String gateway() {
        String id = docker().createContainerCmd(TestImage.named("job"))
                .withEntrypoint("sleep", "infinity")
                .exec()
                .getId();
        try {
            docker().startContainerCmd(id).exec();
            return docker().inspectContainerCmd(id)
                    .exec()
                    .getNetworkSettings()
                    .getNetworks()
                    .get("bridge")
                    .getGateway();
        } finally {
            docker().removeContainerCmd(id).withForce(true).exec();
        }
    }

    private long firstProcess() {
        return docker().inspectContainerCmd(name).exec().getState().getPidLong();
    }

    private static DockerClient docker() {
        return DockerClientFactory.instance().client();
    }
}
