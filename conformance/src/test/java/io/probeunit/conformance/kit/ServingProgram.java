package io.probeunit.conformance.kit;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A program in a container that prints {@code ready}, then reads requests, a line each, and ends each answer with a line that
 * begins with {@code did}. Its input stays open until it is closed here; then it is killed.
 */
public final class ServingProgram implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 30;

    private final ProgramsContainer container;
    private final String name;
    private final ResultCallback<Frame> conversation;
    private final OutputStream requests;
    private final BufferedReader answers;
    private final long pid;

    static ServingProgram start(ProgramsContainer container, String... command) {
        try {
            return new ServingProgram(container, command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ServingProgram(ProgramsContainer container, String... command) throws IOException {
        this.container = container;
        name = String.join(" ", command);
        Pipe in = Pipe.open();
        Pipe out = Pipe.open();
        requests = Channels.newOutputStream(in.sink());
        answers = new BufferedReader(
                new InputStreamReader(Channels.newInputStream(out.source()), StandardCharsets.UTF_8));
        DockerClient docker = container.getDockerClient();
        String exec = docker.execCreateCmd(container.getContainerId())
                .withAttachStdin(true)
                .withAttachStdout(true)
                .withAttachStderr(true)
                .withCmd(Stream.concat(Stream.of("sh", "-c", "echo $$; exec \"$@\"", "sh"), Stream.of(command))
                        .toArray(String[]::new))
                .exec()
                .getId();
        conversation = docker.execStartCmd(exec)
                .withStdIn(Channels.newInputStream(in.source()))
                .exec(new Printed(out.sink()));
        pid = Long.parseLong(line());
        lines("ready");
    }

    /** Its number, as the container counts processes. */
    public long pid() {
        return pid;
    }

    /** Has it do something; the lines that it printed meanwhile, that of {@code did} at the end. */
    public List<String> ask(String request) {
        try {
            requests.write((request + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines("did");
    }

    private List<String> lines(String last) {
        List<String> lines = new ArrayList<>();
        do {
            lines.add(line());
        } while (!lines.get(lines.size() - 1).startsWith(last));
        return lines;
    }

    private String line() {
        try {
            return CompletableFuture.supplyAsync(this::read).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new IllegalStateException("No answer from '%s'".formatted(name), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String read() {
        try {
            String line = answers.readLine();
            if (line == null) {
                throw new IOException("it has ended");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        container.exec("sh", "-c", "kill -KILL " + pid);
        try (conversation;
                requests;
                answers) {
            // closed in turn, whatever becomes of the others
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Hands on what the program prints. */
    private static final class Printed extends ResultCallback.Adapter<Frame> {

        private final Pipe.SinkChannel to;

        Printed(Pipe.SinkChannel to) {
            this.to = to;
        }

        @Override
        public void onNext(Frame frame) {
            try {
                ByteBuffer bytes = ByteBuffer.wrap(frame.getPayload());
                while (bytes.hasRemaining()) {
                    to.write(bytes);
                }
            } catch (IOException e) {
                onError(e);
            }
        }

        @Override
        public void close() throws IOException {
            to.close();
            super.close();
        }
    }
}
