package io.probeunit.internal.engine.stap;

import io.probeunit.internal.host.HostProcess;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A fixture: a process that prints the records that a test says, and ends at a signal. */
final class FakeStapbpf implements HostProcess {

    private static final byte[] END = new byte[0];

    private final BlockingQueue<byte[]> output = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private final List<Signal> signals = new CopyOnWriteArrayList<>();
    private final String errors;
    private Set<Signal> deafTo = EnumSet.noneOf(Signal.class);

    FakeStapbpf(String errors) {
        this.errors = errors;
    }

    FakeStapbpf deafTo(Signal signal) {
        deafTo = EnumSet.of(signal);
        return this;
    }

    void print(String record) {
        output.add((Points.NONCE.start() + record + Points.NONCE.end() + "\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    void end(int status) {
        if (exit.complete(status)) {
            output.add(END);
        }
    }

    List<Signal> signals() {
        return signals;
    }

    @Override
    public long pid() {
        return 4242;
    }

    @Override
    public OutputStream input() {
        return OutputStream.nullOutputStream();
    }

    @Override
    public InputStream output() {
        return new InputStream() {
            private InputStream now = new ByteArrayInputStream(END);
            private boolean ended;

            @Override
            public int read() {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0];
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                try {
                    int read = now.readNBytes(into, offset, length);
                    while (read == 0 && !ended) {
                        byte[] next = output.take();
                        ended = next == END;
                        now = new ByteArrayInputStream(next);
                        read = now.readNBytes(into, offset, length);
                    }
                    return read == 0 ? -1 : read;
                } catch (InterruptedException | java.io.IOException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }

    @Override
    public InputStream errors() {
        return new ByteArrayInputStream(errors.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void send(Signal signal) {
        signals.add(signal);
        if (!deafTo.contains(signal)) {
            end(0);
        }
    }

    @Override
    public OptionalInt await(Duration timeout) throws InterruptedException {
        try {
            return OptionalInt.of(exit.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return OptionalInt.empty();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean isAlive() {
        return !exit.isDone();
    }
}
