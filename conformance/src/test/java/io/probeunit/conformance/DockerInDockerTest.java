package io.probeunit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.probeunit.annotations.ExpectFunction;
import io.probeunit.conformance.kit.ChildJvm;
import io.probeunit.conformance.kit.DaemonContainer;
import io.probeunit.conformance.kit.JobContainer;
import io.probeunit.conformance.kit.Outcomes;
import io.probeunit.conformance.kit.Sidecars;
import io.probeunit.conformance.truth.TruthContainer;
import io.probeunit.internal.host.sidecar.PreparedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** The daemon runs in a container, with a cgroup namespace of its own, and the sidecar inside that daemon. */
@Tag("once")
@Testcontainers
@Timeout(300)
class DockerInDockerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Container
    static final TruthContainer outer = new TruthContainer();

    @Container
    static final DaemonContainer daemon = new DaemonContainer();

    private static String inner;

    @TempDir
    Path folder;

    @BeforeAll
    static void twoContainersInsideTheDaemon() {
        String image = outer.getDockerImageName();
        daemon.load(image, PreparedImage.name());
        inner = daemon.docker("run", "--detach", "--publish", String.valueOf(TruthContainer.PORT), image);
        daemon.docker("run", "--detach", image, "sh", "-c", "while truth call alpha 100; do sleep 0.02; done");
    }

    /** What runs the tests is a container beside that of the daemon. */
    @Test
    void a_job_beside_the_daemon() {
        try (JobContainer job = JobContainer.withDaemon(folder, daemon.endpoint())) {
            passes(daemon, job.around(child("uprobe").watching(inner)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uprobe", "stap"})
    void a_jvm_on_the_outer_machine(String engine) {
        passes(daemon, onTheOuterMachine(daemon, inner, engine));
    }

    /** The program serves in a group below that of its container, and what {@code docker exec} starts is not in it. */
    @ParameterizedTest
    @ValueSource(strings = {"uprobe", "stap"})
    void groups_inside_the_containers(String engine) {
        String pid = daemon.docker("inspect", "--format", "{{.State.Pid}}", inner);
        daemon.move(pid, inner + "/nested");
        try {
            passes(daemon, onTheOuterMachine(daemon, inner, engine));
        } finally {
            daemon.move(pid, inner);
        }
    }

    /** Probes a container of a daemon from here, through a sidecar there. */
    static ChildJvm onTheOuterMachine(DaemonContainer daemon, String inner, String engine) {
        return child(engine)
                .watching(inner)
                .environment("DOCKER_HOST", daemon.endpoint())
                .environment("TESTCONTAINERS_HOST_OVERRIDE", daemon.address());
    }

    /** All is as it should be, and nothing is left. */
    static void passes(DaemonContainer daemon, ChildJvm jvm) {
        Outcomes outcomes = jvm.run();

        outcomes.passed("countsAndValues", "aGuardedMark", "fromASidecar", "whatDockerExecStarts");
        outcomes.entry("countsAndValues", "probeunit.host").isEqualTo("sidecar");
        await("no sidecar in the inner daemon")
                .atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(daemon.docker("ps", "--all", "--quiet", "--filter", "label=" + Sidecars.LABEL))
                                .isEmpty());
    }

    private static ChildJvm child(String engine) {
        return ChildJvm.of(Inner.class)
                .property("build.conformance.engine", engine)
                .property("build.conformance.host", "sidecar");
    }

    static class Inner extends SidecarTest.Probing {
        @Test
        @ExpectFunction(value = "alpha", times = 17)
        void whatDockerExecStarts() throws IOException, InterruptedException {
            container.truth().call("alpha", 7);
            assertThat(container
                            .execInContainer(TruthContainer.PIE, "call", "alpha", "10")
                            .getExitCode())
                    .isZero();
        }
    }
}
