package io.probeunit.internal.host.container;

import io.probeunit.internal.docker.ContainerExec;
import io.probeunit.internal.docker.DockerAccessException;
import io.probeunit.internal.docker.DockerContainer;
import io.probeunit.internal.docker.StreamListener;
import io.probeunit.internal.host.HostException;
import io.probeunit.internal.kernel.ByteQueue;
import io.probeunit.internal.kernel.LastWords;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A process that the daemon started in a container, and the connection with it. Thread-safe, but for its streams. */
final class DockerChannel implements StreamListener, AutoCloseable {

    /** As long as the helper gives the programs that it has started, and some more. */
    private static final Duration ORDERLY = Duration.ofSeconds(65);

    private final ByteQueue input = new ByteQueue();
    private final ByteQueue output = new ByteQueue();
    private final LastWords errors = new LastWords();
    private final CountDownLatch end = new CountDownLatch(1);
    private final ContainerExec process;

    /**
     * Starts it.
     *
     * @throws HostException if the daemon does not
     */
    DockerChannel(DockerContainer container, List<String> command) {
        try {
            process = container.exec(command, input, this);
        } catch (DockerAccessException e) {
            // the daemon may have started it, and a thread of the connection may read this
            input.end();
            throw new HostException(String.valueOf(e.getMessage()), e);
        }
    }

    /** What the process hears; what is written is on its way. */
    OutputStream input() {
        return new OutputStream() {
            @Override
            public void write(int b) {
                input.put(new byte[] {(byte) b});
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                input.put(Arrays.copyOfRange(bytes, offset, offset + length));
            }

            @Override
            public void close() {
                input.end();
            }
        };
    }

    /** What the process prints; ends when it does. */
    InputStream output() {
        return output;
    }

    /** How it ended, as far as that is known. */
    String end() {
        String words = errors.text();
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

    @Override
    public void output(byte[] bytes) {
        output.put(bytes);
    }

    @Override
    public void errors(byte[] bytes) {
        errors.add(bytes);
    }

    @Override
    public void ended() {
        output.end();
        end.countDown();
    }

    /** Waits until it has ended in order, but not for ever. */
    @Override
    public void close() {
        input.end();
        try {
            end.await(ORDERLY.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.close();
        ended();
    }
}
