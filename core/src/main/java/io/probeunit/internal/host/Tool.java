package io.probeunit.internal.host;

import io.probeunit.internal.concurrent.DaemonThread;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * A tool that is run to its end. Its output is read in parallel, so that it never waits for us; and we never wait
 * longer than the limit.
 */
public final class Tool {

    private static final int MOST_BYTES = 1 << 20;
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private Tool() {}

    /**
     * A duration for messages.
     *
     * @param duration at least a millisecond
     * @return for example {@code 60 s}, {@code 1500 ms}
     */
    public static String words(Duration duration) {
        return duration.toMillisPart() == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    /**
     * What came of it.
     *
     * @param status empty if it did not end in time, and was killed
     * @param output the beginning of its standard output
     * @param errors the beginning of its standard error
     */
    public record Result(OptionalInt status, String output, String errors) {}

    /**
     * Runs a tool with nothing on its standard input.
     *
     * @param host where
     * @param command what
     * @param patience how long at most; then it is killed
     * @return what came of it
     * @throws NoSuchProgramException if there is no such program
     * @throws HostException if it could not be started
     * @throws InterruptedException if the thread is interrupted while it waits; the tool is killed
     */
    public static Result run(Host host, Command command, Duration patience) throws InterruptedException {
        HostProcess process = host.start(command);
        Drain output = new Drain(process.output(), "probeunit-tool-output");
        Drain errors = new Drain(process.errors(), "probeunit-tool-errors");
        OptionalInt status = OptionalInt.empty();
        try {
            closeInput(process);
            status = process.await(patience);
        } finally {
            if (status.isEmpty()) {
                process.send(HostProcess.Signal.KILL);
            }
        }
        return new Result(status, output.text(), errors.text());
    }

    private static void closeInput(HostProcess process) {
        try {
            process.input().close();
        } catch (IOException readsNothing) {
            // it has closed the other end
        }
    }

    /** Reads a stream to its end, and keeps the beginning. */
    private static final class Drain {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private final Thread thread;

        Drain(InputStream stream, String name) {
            thread = DaemonThread.start(name, () -> read(stream));
        }

        /** The stream may outlive the tool, where a child of it has it open. */
        String text() throws InterruptedException {
            thread.join(LAST_WORDS.toMillis());
            return kept.toString(StandardCharsets.UTF_8);
        }

        private void read(InputStream stream) {
            byte[] buffer = new byte[8192];
            try (stream) {
                for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                    kept.write(buffer, 0, Math.min(n, MOST_BYTES - kept.size()));
                }
            } catch (IOException ended) {
                // what was read is what there is
            }
        }
    }
}
