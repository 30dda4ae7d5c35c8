package io.probeunit.host;

import com.sun.jna.LastErrorException;
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

    /**
     * Java's own methods know no SIGINT, and close our ends of the process's streams, so that its last words would be lost.
     */
    @Override
    public void send(Signal signal) {
        if (!process.isAlive()) {
            return;
        }
        try {
            libc.kill((int) process.pid(), number(signal));
        } catch (LastErrorException e) {
            if (e.getErrorCode() != LibC.NO_PROCESS) {
                throw new HostException(
                        "Could not send %s to process %d: %s".formatted(signal, process.pid(), e.getMessage()), e);
            }
        }
    }

    /** The same on every Linux architecture; signal(7). */
    private static int number(Signal signal) {
        return switch (signal) {
            case INT -> 2;
            case KILL -> 9;
            case TERM -> 15;
        };
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
