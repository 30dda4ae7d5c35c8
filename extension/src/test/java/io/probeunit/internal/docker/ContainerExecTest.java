package io.probeunit.internal.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Processes that nobody waits for any more; what others do is seen in real containers. */
@Timeout(20)
class ContainerExecTest {

    private final AtomicBoolean closed = new AtomicBoolean();

    @Test
    void the_connection_with_a_process_that_was_given_up_is_closed() {
        startInterrupted((command, input, process) -> process.onStart(() -> closed.set(true)));

        assertThat(closed).isTrue();
    }

    /** The daemon was asked already, and starts the process sooner or later. */
    @Test
    void a_connection_that_comes_too_late_is_closed() {
        List<ResultCallback<Frame>> connections = new ArrayList<>();
        startInterrupted((command, input, process) -> connections.add(process));

        connections.get(0).onStart(() -> closed.set(true));

        assertThat(closed).isTrue();
    }

    private static void startInterrupted(FakeDaemon.Exec exec) {
        DockerContainer container =
                DockerContainer.of(new FakeDaemon().exec(exec).container()).orElseThrow();
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(DockerAccessException.class)
                .isThrownBy(() -> container.exec(List.of("sh"), InputStream.nullInputStream(), new Deaf()))
                .withMessage("Interrupted while a process was started in a container (PU1029).");
        assertThat(Thread.interrupted()).isTrue();
    }

    private static final class Deaf implements StreamListener {
        @Override
        public void output(byte[] bytes) {
            // nothing is said
        }

        @Override
        public void errors(byte[] bytes) {
            // nothing is said
        }

        @Override
        public void ended() {
            // nobody asks
        }
    }
}
