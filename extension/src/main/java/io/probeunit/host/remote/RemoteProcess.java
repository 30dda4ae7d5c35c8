package io.probeunit.host.remote;

import io.probeunit.host.HostException;
import io.probeunit.host.HostProcess;
import io.probeunit.host.wire.ByteQueue;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/** A process on another host. It does not outlive its agent. */
final class RemoteProcess implements HostProcess {

    /** 128 and SIGKILL: how a container's processes end with it. */
    private static final int KILLED = 137;

    private static final Duration TURN = Duration.ofMillis(500);

    private final Connection connection;
    private final long number;
    private final ByteQueue output = new ByteQueue();
    private final ByteQueue errors = new ByteQueue();
    private final OutputStream input = new Input();
    private volatile long pid;
    private volatile OptionalInt status = OptionalInt.empty();

    RemoteProcess(Connection connection, long number) {
        this.connection = connection;
        this.number = number;
    }

    void startedAs(long id) {
        pid = id;
    }

    void put(boolean isError, byte[] bytes) {
        (isError ? errors : output).put(bytes);
    }

    void end(boolean isError) {
        (isError ? errors : output).end();
    }

    void endStreams() {
        output.end();
        errors.end();
    }

    @Override
    public long pid() {
        return pid;
    }

    @Override
    public OutputStream input() {
        return input;
    }

    @Override
    public InputStream output() {
        return output;
    }

    @Override
    public InputStream errors() {
        return errors;
    }

    @Override
    public void send(Signal signal) {
        whileThere(new HostQuestion.Send(number, signal));
    }

    /** In short turns, since a question cannot be interrupted. */
    @Override
    public OptionalInt await(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        do {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            ask(Math.max(0, Math.min(TURN.toNanos(), deadline - System.nanoTime())));
        } while (status.isEmpty() && System.nanoTime() < deadline);
        return status;
    }

    @Override
    public boolean isAlive() {
        ask(0);
        return status.isEmpty();
    }

    private void ask(long nanos) {
        if (status.isEmpty()) {
            status = whileThere(new HostQuestion.Await(number, nanos)).orElse(OptionalInt.of(KILLED));
        }
    }

    /** Empty if the agent is gone. */
    private <A> Optional<A> whileThere(HostQuestion<A> question) {
        try {
            return Optional.of(connection.ask(question));
        } catch (HostException e) {
            if (connection.isAlive()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** Each write is on its way when it returns. */
    private final class Input extends OutputStream {

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                connection.ask(new HostQuestion.PutInput(number, Arrays.copyOfRange(bytes, offset, offset + length)));
            } catch (HostException e) {
                throw new IOException(e.getMessage(), e);
            }
        }

        @Override
        public void close() {
            whileThere(new HostQuestion.EndInput(number));
        }
    }
}
