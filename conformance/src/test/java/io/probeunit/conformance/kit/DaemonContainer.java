package io.probeunit.conformance.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.MountableFile;

/**
 * A Docker daemon in a privileged container with a cgroup namespace of its own, as machines with cgroup v2 give one to each
 * container. It listens on TCP, and has its own images and containers.
 */
public final class DaemonContainer extends GenericContainer<DaemonContainer> {

    private static final int PORT = 2375;
    private static final long CAP_SYS_RESOURCE = 1L << 24;
    private static final String RUNTIME = "lab";

    /** Where the lab keeps what helps a root without that capability; a daemon in a container lacks it as well. */
    private static final Path RUNTIME_FILE = Path.of("..", "lab", "runtime");

    private static final String MOVE = """
            set -e
            groups=/sys/fs/cgroup
            [ -e $groups/cgroup.procs ] || groups=$groups/unified
            mkdir -p "$groups/docker/$2"
            echo "$1" > "$groups/docker/$2/cgroup.procs"
            """;

    /**
     * A daemon without images.
     *
     * @param options of dockerd
     */
    public DaemonContainer(String... options) {
        super(TestImage.of("daemon"));
        withPrivilegedMode(true);
        withCreateContainerCmdModifier(
                command -> Objects.requireNonNull(command.getHostConfig()).withCgroupnsMode("private"));
        waitingFor(Wait.forLogMessage(".*API listen on \\[::]:2375.*", 1));
        boolean help = lacksSysResource();
        if (help) {
            withCopyFileToContainer(MountableFile.forHostPath(RUNTIME_FILE, 0755), "/usr/local/bin/" + RUNTIME);
        }
        withCommand(Stream.concat(Stream.of("sh", "/start.sh", help ? RUNTIME : ""), Stream.of(options))
                .toArray(String[]::new));
    }

    /** Its address, which this machine and its containers can reach. */
    public String address() {
        return Objects.requireNonNull(getCurrentContainerInfo()
                .getNetworkSettings()
                .getNetworks()
                .get("bridge")
                .getIpAddress());
    }

    /** Where it listens, as in {@code DOCKER_HOST}. */
    public String endpoint() {
        return "tcp://%s:%d".formatted(address(), PORT);
    }

    /** Gives it images that this machine's daemon has. */
    public void load(String... images) {
        for (String image : images) {
            try (InputStream archive =
                    DockerClientFactory.instance().client().saveImageCmd(image).exec()) {
                HttpResponse<String> answer = HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(
                                                URI.create("http://%s:%d/images/load".formatted(address(), PORT)))
                                        .POST(HttpRequest.BodyPublishers.ofInputStream(() -> archive))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() != 200 || answer.body().contains("error")) {
                    throw new IllegalStateException("%s: %s".formatted(image, answer.body()));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(image, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    /** Runs its command line; what that printed, without blanks at the ends. */
    public String docker(String... arguments) {
        return run(Stream.concat(Stream.of("docker"), Stream.of(arguments)).toArray(String[]::new));
    }

    /** Moves a process, by its number in this container, into a cgroup (v2) of one of its containers, or into one below. */
    public void move(String pid, String group) {
        run("sh", "-c", MOVE, "sh", pid, group);
    }

    private String run(String... command) {
        try {
            ExecResult result = execInContainer(command);
            if (result.getExitCode() != 0) {
                throw new IllegalStateException("%s: %s".formatted(String.join(" ", command), result));
            }
            return result.getStdout().strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static boolean lacksSysResource() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("CapEff:"))
                    .map(line -> Long.parseUnsignedLong(
                            line.substring("CapEff:".length()).strip(), 16))
                    .anyMatch(capabilities -> (capabilities & CAP_SYS_RESOURCE) == 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
