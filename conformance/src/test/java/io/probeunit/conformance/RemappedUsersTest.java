package io.probeunit.conformance;

import io.probeunit.conformance.kit.DaemonContainer;
import io.probeunit.conformance.truth.TruthContainer;
import io.probeunit.internal.host.sidecar.PreparedImage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** A daemon whose containers are in a user namespace: their root is nobody outside, and nothing in them may be privileged. */
@Tag("once")
@Testcontainers
@Timeout(300)
class RemappedUsersTest {

    @Container
    static final DaemonContainer daemon = new DaemonContainer("--userns-remap=default");

    private static String inner;

    @BeforeAll
    static void aContainerInsideTheDaemon() {
        String image = TruthContainer.IMAGE.get();
        daemon.load(image, PreparedImage.name());
        inner = daemon.docker("run", "--detach", "--publish", String.valueOf(TruthContainer.PORT), image);
    }

    /** The sidecar alone is in the machine's user namespace. */
    @ParameterizedTest
    @ValueSource(strings = {"uprobe", "stap"})
    void a_sidecar_is_not_in_their_user_namespace(String engine) {
        DockerInDockerTest.passes(daemon, DockerInDockerTest.onTheOuterMachine(daemon, inner, engine));
    }
}
