package io.probeunit.internal.host.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.probeunit.internal.docker.DockerContainer;
import io.probeunit.internal.docker.FakeDaemon;
import io.probeunit.internal.host.HostException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In a thread of its own, since one that waits for a stream which nobody ends is not to be interrupted. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DockerChannelTest {

    private final List<InputStream> inputs = new ArrayList<>();
    private final DockerContainer container = DockerContainer.of(new FakeDaemon()
                    .exec((command, input, process) -> inputs.add(input))
                    .container())
            .orElseThrow();

    /** A thread of the connection reads it, and the process lives as long as it is open. */
    @Test
    void the_input_of_a_process_that_was_given_up_ends() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(HostException.class).isThrownBy(() -> new DockerChannel(container, List.of("sh")));
        assertThat(Thread.interrupted()).isTrue();

        assertThat(inputs)
                .singleElement()
                .satisfies(input -> assertThat(input.read()).isEqualTo(-1));
    }
}
