package io.probeunit.conformance.truth;

import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.model.ExposedPort;
import io.probeunit.conformance.kit.CgroupNamespace;
import io.probeunit.conformance.kit.EngineUnderTest;
import io.probeunit.conformance.kit.TestImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Future;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.utility.LazyFuture;

/** A container in which the truth program serves; its image holds several builds of it, and is built from sources. */
public final class TruthContainer extends GenericContainer<TruthContainer> {

    /** Position-independent, optimised, with symbols: the build that serves by default. */
    public static final String PIE = "/opt/truth/bin/truth";
    /** Linked to fixed addresses. */
    public static final String NO_PIE = "/opt/truth/bin/truth-nopie";
    /** Linked statically: runs on any Linux. */
    public static final String STATIC = "/opt/truth/bin/truth-static";
    /** Without {@code .symtab}: the functions are found in {@code .dynsym} alone, the static ones not at all. */
    public static final String STRIPPED = "/opt/truth/bin/truth-stripped";
    /** Not optimised, with debug information. */
    public static final String DEBUG = "/opt/truth/bin/truth-debug";
    /** Another file of the same name: what it counts as {@code alpha} has the symbol {@code omega}. */
    public static final String ELSEWHERE = "/opt/truth/elsewhere/truth";

    /** Where it serves. */
    public static final int PORT = 7000;

    /** What they run. */
    public static final LazyFuture<String> IMAGE = TestImage.of("truth", "truth");

    private static final LazyFuture<String> WITH_SYSTEMTAP = TestImage.of("truth", "with-systemtap");

    private Optional<Truth> truth = Optional.empty();

    /** Serves with the build {@link #PIE}. */
    public TruthContainer() {
        this(PIE);
    }

    /** Serves with one of the builds. Can be probed from inside itself where the suite is about that. */
    public TruthContainer(String build) {
        this(build, EngineUnderTest.host().equals("container"));
    }

    private TruthContainer(String build, boolean inside) {
        this(inside ? WITH_SYSTEMTAP : IMAGE, build, inside);
    }

    private TruthContainer(Future<String> image, String build, boolean privileged) {
        super(image);
        withPrivilegedMode(privileged);
        withCommand(build);
        withExposedPorts(PORT);
        CgroupNamespace.parentOfContainers()
                .ifPresent(parent -> withCreateContainerCmdModifier(command ->
                        Objects.requireNonNull(command.getHostConfig()).withCgroupParent(parent)));
        waitingFor(new Answering());
    }

    /** Privileged, and its image has SystemTap: it can be probed from inside itself. */
    public static TruthContainer inside() {
        return new TruthContainer(PIE, true);
    }

    /** Privileged, and its image holds the static build and nothing else: no shell, no library, no folder. */
    public static TruthContainer fromScratch() {
        return new TruthContainer(
                new ImageFromDockerfile().withFileFromString("Dockerfile", """
                                FROM scratch
                                COPY --from=%s %s /truth
                                CMD ["/truth"]
                                """.formatted(IMAGE.get(), STATIC)),
                "/truth",
                true);
    }

    /** A container that runs already: the caller stops it. */
    public static TruthContainer started() {
        TruthContainer container = new TruthContainer();
        container.start();
        return container;
    }

    /** The connection that was made when the container started. */
    public Truth truth() {
        return truth.orElseThrow(() -> new IllegalStateException("The container does not run"));
    }

    /** Another connection, whose requests run beside those of the first. */
    public Truth connect() {
        return Truth.connect(getHost(), getMappedPort(PORT));
    }

    /** A connection to a container that was restarted behind Testcontainers' back, and so has other ports. */
    public Truth connectAgain() {
        String port = getCurrentContainerInfo()
                .getNetworkSettings()
                .getPorts()
                .getBindings()
                .get(ExposedPort.tcp(PORT))[0]
                .getHostPortSpec();
        return await().atMost(Duration.ofSeconds(60))
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(() -> answering(Truth.connect(getHost(), Integer.parseInt(port))), connection -> true);
    }

    private static Truth answering(Truth connection) {
        try {
            connection.ping();
            return connection;
        } catch (UncheckedIOException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Carries out one request in a new process of the container, as {@code docker exec} does.
     *
     * @param build of the program, behind one that starts it if need be
     */
    public Answer exec(String build, String request) {
        try {
            ExecResult result = execInContainer((build + " " + request).split(" "));
            if (result.getExitCode() != 0) {
                throw new IllegalStateException("docker exec %s %s: %s".formatted(build, request, result));
            }
            return Answer.parse(request, result.getStdout());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Copies a build out of the image. */
    public void copyOut(String build, Path to) {
        copyFileFromContainer(build, to.toString());
        if (!to.toFile().setExecutable(true)) {
            throw new IllegalStateException("Cannot make %s executable".formatted(to));
        }
    }

    /** The PID of the program as the Docker daemon's machine sees it. */
    public int pid() {
        return Math.toIntExact(getCurrentContainerInfo().getState().getPidLong());
    }

    @Override
    public void stop() {
        truth.ifPresent(Truth::close);
        truth = Optional.empty();
        super.stop();
    }

    /** Ready when it answers; the port alone says nothing, since Docker's proxy listens on it from the start. */
    private final class Answering extends AbstractWaitStrategy {
        @Override
        protected void waitUntilReady() {
            await().atMost(startupTimeout)
                    .pollInterval(Duration.ofMillis(20))
                    .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                    .untilAsserted(() -> truth = Optional.of(answering(connect())));
        }
    }
}
