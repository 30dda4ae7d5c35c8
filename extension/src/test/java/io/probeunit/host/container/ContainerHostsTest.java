package io.probeunit.host.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.probeunit.docker.ContainerStatus;
import io.probeunit.docker.DockerContainer;
import io.probeunit.docker.FakeDaemon;
import io.probeunit.host.Host;
import io.probeunit.host.HostException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of hosts; that they work is seen in real containers. */
@Timeout(60)
class ContainerHostsTest {

    @TempDir
    Path folder;

    private final FakeShell shell = new FakeShell();
    private final DockerContainer container =
            DockerContainer.of(new FakeDaemon().exec(shell).container()).orElseThrow();
    private final ContainerStatus status = container.status().orElseThrow();
    private final ContainerHosts hosts = new ContainerHosts();

    @Test
    void a_host_that_cannot_be_given_its_files_leaves_no_shell_and_no_name() {
        ContainerSettings missing = new ContainerSettings(List.of(folder.resolve("missing")));

        assertThatExceptionOfType(HostException.class)
                .isThrownBy(() -> hosts.in(container, status, missing))
                .withMessageContaining("missing into container 0123456789ab");

        await().until(() -> shell.running() == 0);
        try (ContainerHost next = hosts.in(container, status, ContainerSettings.defaults())) {
            assertThat(next.isAbandoned(inside(shell.agents().get(0)), 1)).isTrue();
            assertThat(next.isAbandoned(inside(next.agent()), 1)).isFalse();
        }
    }

    private static String inside(String agent) {
        return "%s/%s/bin/shop".formatted(Host.SHOWN_INSIDE, agent);
    }
}
