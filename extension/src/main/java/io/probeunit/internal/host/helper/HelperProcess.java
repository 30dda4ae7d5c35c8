package io.probeunit.internal.host.helper;

import static io.probeunit.internal.kernel.Batch.value;

import io.probeunit.internal.host.HostException;
import io.probeunit.internal.host.HostProcess;
import io.probeunit.internal.kernel.Answer;
import io.probeunit.internal.kernel.Batch;
import io.probeunit.internal.kernel.ByteQueue;
import io.probeunit.internal.kernel.HelperKernel;
import io.probeunit.internal.kernel.KernelException;
import io.probeunit.internal.kernel.Program;
import io.probeunit.internal.kernel.SystemCall;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A program that a helper has started. It does not outlive the helper. */
final class HelperProcess implements HostProcess, Program.Listener {

    private final HelperKernel kernel;
    private final ByteQueue output = new ByteQueue();
    private final ByteQueue errors = new ByteQueue();
    private final OutputStream input = new Input();
    private final CompletableFuture<Program.Running> running = new CompletableFuture<>();
    private final CompletableFuture<Integer> status = new CompletableFuture<>();

    HelperProcess(HelperKernel kernel) {
        this.kernel = kernel;
    }

    void runs(Program.Running program) {
        running.complete(program);
    }

    @Override
    public void printed(boolean isError, byte[] bytes) {
        (isError ? errors : output).put(bytes);
    }

    @Override
    public void closed(boolean isError) {
        (isError ? errors : output).end();
    }

    @Override
    public void ended(int code) {
        status.complete(code);
    }

    @Override
    public long pid() {
        return running.join().pid();
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
        if (!isAlive()) {
            return;
        }
        try {
            kernel.signal(running.join(), signal.number());
        } catch (KernelException e) {
            if (kernel.isAlive()) {
                throw new HostException(
                        "Could not send %s to process %d (PU0518): %s".formatted(signal, pid(), e.getMessage()), e);
            }
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

    /** Each write has been taken by the process's pipe when it returns. */
    private final class Input extends OutputStream {

        private final AtomicBoolean closed = new AtomicBoolean();

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (closed.get()) {
                throw new IOException("the stream is closed");
            }
            Batch batch = new Batch();
            Batch.Place place = batch.bytes(Arrays.copyOfRange(bytes, offset, offset + length));
            Batch.Call written = batch.all(SystemCall.WRITE, descriptor(), place, value(length));
            try {
                Answer answer = kernel.call(batch);
                if (answer.get(written) != length) {
                    throw new IOException("the process has closed its input");
                }
            } catch (KernelException e) {
                throw new IOException(e.getMessage(), e);
            }
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true) && kernel.isAlive()) {
                Batch batch = new Batch();
                batch.call(SystemCall.CLOSE, descriptor());
                try {
                    kernel.call(batch);
                } catch (KernelException ended) {
                    // and closed all that it had open
                }
            }
        }

        private Batch.Argument descriptor() {
            return value(running.join().input());
        }
    }
}
