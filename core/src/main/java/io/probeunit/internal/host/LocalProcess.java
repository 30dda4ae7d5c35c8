package io.probeunit.internal.host;

import static io.probeunit.internal.kernel.Batch.value;

import io.probeunit.internal.kernel.Batch;
import io.probeunit.internal.kernel.Errno;
import io.probeunit.internal.kernel.Kernel;
import io.probeunit.internal.kernel.SystemCall;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** A child process of this JVM. */
final class LocalProcess implements HostProcess {

    private final Process process;
    private final Kernel kernel;

    LocalProcess(Process process, Kernel kernel) {
        this.process = process;
        this.kernel = kernel;
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public OutputStream input() {
        return process.getOutputStream();
    }

    @Override
    public InputStream output() {
        return process.getInputStream();
    }

    @Override
    public InputStream errors() {
        return process.getErrorStream();
    }

    /**
     * Java's own methods know no SIGINT, and close our ends of the process's streams, so that its last words would be lost.
     */
    @Override
    public void send(Signal signal) {
        if (!process.isAlive()) {
            return;
        }
        Batch batch = new Batch();
        Batch.Call sent = batch.call(SystemCall.KILL, value(process.pid()), value(signal.number()));
        long result = kernel.call(batch).result(sent);
        if (result < 0 && !Errno.ESRCH.is(result)) {
            throw new HostException("Could not send %s to process %d (PU0518): %s"
                    .formatted(signal, process.pid(), Errno.words((int) -result)));
        }
    }

    @Override
    public OptionalInt await(Duration timeout) throws InterruptedException {
        return process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS)
                ? OptionalInt.of(process.exitValue())
                : OptionalInt.empty();
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }
}
