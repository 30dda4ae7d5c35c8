package io.probeunit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.probeunit.conformance.kit.ChildJvm;
import io.probeunit.conformance.kit.Outcomes;
import io.probeunit.conformance.kit.Sidecars;
import io.probeunit.conformance.kit.SocketForwarder;
import io.probeunit.conformance.truth.TruthContainer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** A daemon that is spoken with through TCP, whose processes the JVM does not see: as one on another machine. */
@Tag("once")
@Testcontainers
@Timeout(300)
class DaemonElsewhereTest {

    private static final Path SOCKET = Path.of("/var/run/docker.sock");

    /** The JVM has a PID namespace and a {@code /proc} of its own, and finds no socket where it usually is. */
    private static final String[] APART = {
        "unshare",
        "--pid",
        "--fork",
        "--kill-child",
        "--mount-proc",
        "sh",
        "-c",
        "mount --bind /dev/null " + SOCKET + " && exec \"$@\"",
        "sh"
    };

    @Container
    static final TruthContainer container = new TruthContainer();

    @Test
    void the_sidecar_is_taken() {
        try (SocketForwarder daemon = SocketForwarder.to(SOCKET);
                ChildJvm.Running jvm =
                        apart(daemon, SidecarTest.Probing.class, "auto").start()) {
            Outcomes outcomes = jvm.outcomes();

            outcomes.passed("countsAndValues", "aGuardedMark", "fromASidecar");
            outcomes.entry("countsAndValues", "probeunit.host.passed-over")
                    .contains("is not visible on the host 'local'", "there is no process " + container.pid());
            assertThat(daemon.connections()).isPositive();
        }
    }

    @Test
    void local_is_an_error_that_says_what_to_do() {
        try (SocketForwarder daemon = SocketForwarder.to(SOCKET)) {
            apart(daemon, SidecarTest.Probing.class, "local")
                    .run()
                    .failure("countsAndValues")
                    .contains("is not visible on the host 'local'", "Set the host to SIDECAR");
        }
    }

    @Test
    void a_killed_jvm_takes_its_sidecar_with_it() {
        try (SocketForwarder daemon = SocketForwarder.to(SOCKET);
                ChildJvm.Running jvm =
                        apart(daemon, SidecarTest.Waiting.class, "auto").start()) {
            jvm.awaitLine(SidecarTest.ARMED);
            ProcessHandle java = jvm.handle().children().findFirst().orElseThrow();
            Sidecars sidecars = Sidecars.ofFirstProcess(java.pid());
            List<String> ids = sidecars.ids();
            assertThat(ids).hasSize(1);

            java.destroyForcibly();

            sidecars.awaitNone(ids);
        }
    }

    private static ChildJvm apart(SocketForwarder daemon, Class<?> subject, String host) {
        return ChildJvm.of(subject)
                .watching(container.getContainerId())
                .property("build.conformance.engine", "uprobe")
                .property("build.conformance.host", host)
                .environment("DOCKER_HOST", daemon.endpoint())
                .under(APART);
    }
}
