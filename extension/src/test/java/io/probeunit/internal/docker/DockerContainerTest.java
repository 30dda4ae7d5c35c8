package io.probeunit.internal.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.dockerjava.api.exception.InternalServerErrorException;
import io.probeunit.internal.targets.ContainerStatus;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DockerContainerTest {

    @Test
    void the_daemons_answer_is_read() {
        assertThat(FakeContainer.in("running", 4711).status())
                .contains(new ContainerStatus(
                        FakeContainer.ID, "shop", "shop:1", "running", 4711, "2026-01-02T03:04:05Z", 3, false));
        assertThat(FakeContainer.in("running", 4711).status().orElseThrow().shortId())
                .isEqualTo("0123456789ab");
    }

    @Test
    void an_answer_may_lack_what_does_not_matter() {
        DockerContainer container =
                FakeContainer.described("{\"Id\": \"abc\", \"Image\": \"sha256:1\", \"State\": {}}");

        assertThat(container.status()).contains(new ContainerStatus("abc", "", "sha256:1", "unknown", 0, "", 0, false));
        assertThat(container.status().orElseThrow().shortId()).isEqualTo("abc");
    }

    @Test
    void a_container_that_is_not_there_has_no_status() {
        assertThat(FakeContainer.notCreated().status()).isEmpty();
        assertThat(FakeContainer.notCreated().id()).isEmpty();
        assertThat(FakeContainer.removed().status()).isEmpty();
        assertThat(FakeContainer.removed().id()).contains(FakeContainer.ID);
    }

    static Stream<RuntimeException> faults() {
        return Stream.of(
                new InternalServerErrorException("it broke"),
                new RuntimeException(new IOException("Connection refused")));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void a_daemon_that_does_not_answer_is_said_to_be_the_fault(RuntimeException fault) {
        assertThatExceptionOfType(DockerAccessException.class)
                .isThrownBy(() -> FakeContainer.unreachable(fault).status())
                .withMessage(
                        "The Docker daemon did not describe the container %s (PU0421): %s",
                        FakeContainer.ID, fault.getMessage())
                .withCause(fault);
    }

    @ParameterizedTest
    @CsvSource({"running, 7, true", "paused, 7, true", "restarting, 7, false", "exited, 0, false", "running, 0, false"})
    void it_runs_while_it_has_processes(String status, long pid, boolean runs) {
        assertThat(FakeContainer.in(status, pid).status().orElseThrow().isRunning())
                .isEqualTo(runs);
    }

    @Test
    void containers_are_told_from_other_things() {
        assertThat(DockerContainer.of("a string")).isEmpty();
    }
}
