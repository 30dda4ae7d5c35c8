package io.probeunit.host;

import com.sun.jna.LastErrorException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;

/**
 * A FIFO of this machine.
 *
 * <p>Java can only open a FIFO in a way that blocks in the kernel until there is a reader, which no interrupt ends and a
 * reader that died never grants. So it is opened without waiting, and tried again while there is no reader.
 */
final class LocalFifo implements FifoWriter {

    /** A reader that opens its FIFO anew after each message is back within microseconds. */
    private static final long PAUSE_NANOS = Duration.ofNanos(50_000).toNanos();

    private final String path;
    private final LibC libc;
    private volatile boolean closed;

    LocalFifo(String path, LibC libc) {
        this.path = path;
        this.libc = libc;
    }

    @Override
    public void write(byte[] message, Duration patience) {
        int descriptor = open(patience);
        try {
            long written = libc.write(descriptor, message, message.length);
            if (written != message.length) {
                throw new HostException(
                        "Only %d of %d bytes went into the FIFO %s.".formatted(written, message.length, path));
            }
        } catch (LastErrorException e) {
            throw new HostException("Could not write to the FIFO %s: %s".formatted(path, e.getMessage()), e);
        } finally {
            libc.close(descriptor);
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    private int open(Duration patience) {
        long start = System.nanoTime();
        boolean interrupted = false;
        try {
            while (true) {
                if (closed) {
                    throw new HostException("The reader of the FIFO %s has ended.".formatted(path));
                }
                OptionalInt descriptor = tryToOpen();
                if (descriptor.isPresent()) {
                    return descriptor.getAsInt();
                }
                if (System.nanoTime() - start > patience.toNanos()) {
                    throw new HostException(
                            "Nobody opened the FIFO %s for reading within %d ms.".formatted(path, patience.toMillis()));
                }
                // an interrupted thread would not be parked
                interrupted |= Thread.interrupted();
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private OptionalInt tryToOpen() {
        try {
            return OptionalInt.of(libc.open(path, LibC.WRITE_WITHOUT_WAITING));
        } catch (LastErrorException e) {
            if (e.getErrorCode() != LibC.NO_READER) {
                throw new HostException("Could not open the FIFO %s: %s".formatted(path, e.getMessage()), e);
            }
            return OptionalInt.empty();
        }
    }
}
