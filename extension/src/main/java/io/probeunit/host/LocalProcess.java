package io.probeunit.host;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** A child process of this JVM. */
final class LocalProcess implements HostProcess {

    private final Process process;
    private final LibC libc;

    LocalProcess(Process process, LibC libc) {
        this.process = process;
        this.libc = libc;
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

    @Override
    public void send(Signal signal) {
        switch (signal) {
            case TERM -> process.destroy();
            case KILL -> process.destroyForcibly();
            case INT -> interrupt();
        }
    }

    /** Java has no method for SIGINT, which is 2 on every Linux architecture (signal(7)). */
    private void interrupt() {
        if (process.isAlive()) {
            libc.kill((int) process.pid(), 2);
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
