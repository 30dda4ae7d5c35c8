package io.probeunit.host.container;

import io.probeunit.host.HostException;
import io.probeunit.host.HostProcess;
import io.probeunit.host.NoSuchProgramException;
import io.probeunit.host.Tool;
import io.probeunit.host.wire.ByteQueue;
import io.probeunit.host.wire.LastWords;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A program that runs beside an agent: the script {@code process.sh}. It does not outlive its connection. It has no input: that
 * of the connection carries signals.
 */
final class ShellProcess implements HostProcess {

    /** 128 and SIGKILL: how a container's processes end with it. */
    private static final int KILLED = 137;

    private static final Duration START = Duration.ofSeconds(60);

    /** The daemon knows the status when it has noticed the end, which is soon after the last output. */
    private static final Duration STATUS = Duration.ofSeconds(10);

    private static final long PAUSE_MILLIS = 2;
    private static final String NOT_THERE = "none";

    private final Channel channel;
    private final ByteQueue output = new ByteQueue();
    private final CompletableFuture<String> first = new CompletableFuture<>();
    private final CompletableFuture<Integer> status = new CompletableFuture<>();
    private final long pid;

    /**
     * Takes a connection over, and waits until the program has been started.
     *
     * @throws HostException if it was not
     */
    ShellProcess(Channel channel, String program) {
        this(channel, program, START);
    }

    /** Waits as long as it is told. */
    ShellProcess(Channel channel, String program, Duration patience) {
        this.channel = channel;
        Thread reader = new Thread(this::read, "probeunit-shell-output");
        reader.setDaemon(true);
        reader.start();
        this.pid = started(program, patience);
    }

    @Override
    public long pid() {
        return pid;
    }

    @Override
    public OutputStream input() {
        return OutputStream.nullOutputStream();
    }

    @Override
    public InputStream output() {
        return output;
    }

    @Override
    public InputStream errors() {
        return channel.errors();
    }

    @Override
    public void send(Signal signal) {
        if (!isAlive()) {
            return;
        }
        try {
            channel.input().write((signal.name() + "\n").getBytes(StandardCharsets.US_ASCII));
            channel.input().flush();
        } catch (IOException e) {
            throw new HostException("Could not send %s to process %d: %s".formatted(signal, pid, e.getMessage()), e);
        }
    }

    @Override
    public OptionalInt await(Duration timeout) throws InterruptedException {
        try {
            return OptionalInt.of(status.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return OptionalInt.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean isAlive() {
        return !status.isDone();
    }

    /** Ends the connection, on which the program is ended. */
    void abandon() {
        channel.close();
    }

    private long started(String program, Duration patience) {
        Optional<String> line = firstLine(patience);
        if (line.filter(words -> words.matches("\\d+")).isPresent()) {
            return Long.parseLong(line.get());
        }
        String complaints = complaints();
        channel.close();
        if (line.filter(NOT_THERE::equals).isPresent()) {
            throw new NoSuchProgramException(
                    "Could not start '%s': there is no such program in the container".formatted(program));
        }
        throw new HostException("Could not start '%s': %s%s"
                .formatted(
                        program,
                        line.map("the container's shell said '%s'"::formatted)
                                .orElse("it did not start within %s".formatted(Tool.words(patience))),
                        complaints.isEmpty() ? "" : "; it complained: " + complaints));
    }

    /** Those that are there: a program that has not ended may complain of nothing more. */
    private String complaints() {
        LastWords complaints = new LastWords();
        InputStream errors = channel.errors();
        try {
            for (int n = errors.available(); n > 0; n = errors.available()) {
                complaints.add(errors.readNBytes(n));
            }
        } catch (IOException ended) {
            // what was read is what there is
        }
        return complaints.text();
    }

    private Optional<String> firstLine(Duration patience) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return Optional.of(first.get(patience.toNanos(), TimeUnit.NANOSECONDS));
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void read() {
        try (InputStream stream = channel.output()) {
            first.complete(line(stream));
            byte[] buffer = new byte[1 << 16];
            for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                output.put(Arrays.copyOf(buffer, n));
            }
        } catch (IOException ended) {
            // as if it had ended in order
        } finally {
            first.complete("");
            status.complete(exitStatus());
            output.end();
            channel.close();
        }
    }

    private static String line(InputStream stream) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = stream.read(); b >= 0 && b != '\n'; b = stream.read()) {
            line.append((char) b);
        }
        return line.toString();
    }

    private int exitStatus() {
        long deadline = System.nanoTime() + STATUS.toNanos();
        try {
            OptionalInt code = channel.exitCode();
            while (code.isEmpty() && System.nanoTime() < deadline) {
                Thread.sleep(PAUSE_MILLIS);
                code = channel.exitCode();
            }
            return code.orElse(KILLED);
        } catch (InterruptedException nobodyDoes) {
            Thread.currentThread().interrupt();
            return KILLED;
        }
    }
}
