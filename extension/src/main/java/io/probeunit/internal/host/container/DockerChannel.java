package io.probeunit.internal.host.container;

import io.probeunit.internal.docker.ContainerExec;
import io.probeunit.internal.docker.DockerAccessException;
import io.probeunit.internal.docker.DockerContainer;
import io.probeunit.internal.host.HostException;
import io.probeunit.internal.host.helper.HelperStreams;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.OptionalInt;

/** A process that the daemon started in a container, and the connection with it. Thread-safe, but for its streams. */
final class DockerChannel implements AutoCloseable {

    private final HelperStreams streams = new HelperStreams();
    private final ContainerExec process;

    /**
     * Starts it.
     *
     * @throws HostException if the daemon does not
     */
    DockerChannel(DockerContainer container, List<String> command) {
        try {
            process = container.exec(command, streams.sent(), streams);
        } catch (DockerAccessException e) {
            // the daemon may have started it, and a thread of the connection may read this
            streams.endInput();
            throw new HostException(String.valueOf(e.getMessage()), e);
        }
    }

    OutputStream input() {
        return streams.input();
    }

    InputStream output() {
        return streams.output();
    }

    /** How it ended, as far as that is known. */
    String end() {
        String words = streams.lastErrors();
        return "the process in it has ended%s%s"
                .formatted(
                        exitCode().stream()
                                .mapToObj(" with status %d"::formatted)
                                .findFirst()
                                .orElse(""),
                        words.isEmpty() ? "" : "; its last words: " + words);
    }

    private OptionalInt exitCode() {
        try {
            return process.exitCode();
        } catch (DockerAccessException notTold) {
            return OptionalInt.empty();
        }
    }

    /** Waits until it has ended in order, but not for ever. */
    @Override
    public void close() {
        streams.close();
        process.close();
        streams.ended();
    }
}
