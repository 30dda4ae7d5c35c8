package io.probeunit.host;

import com.sun.jna.LastErrorException;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * A FIFO of this machine.
 *
 * <p>Java can only open a FIFO in a way that blocks in the kernel until there is a reader, which no interrupt ends and a
 * reader that died never grants. So it is opened without waiting.
 */
final class LocalFifo implements PatientFifo.Attempt {

    /** A reader that opens its FIFO anew after each message is back within microseconds. */
    private static final Duration PAUSE = Duration.ofNanos(50_000);

    private final String path;
    private final LibC libc;

    private LocalFifo(String path, LibC libc) {
        this.path = path;
        this.libc = libc;
    }

    static FifoWriter at(String path, LibC libc) {
        return new PatientFifo(path, PAUSE, new LocalFifo(path, libc));
    }

    @Override
    public boolean write(byte[] message) {
        OptionalInt descriptor = open();
        descriptor.ifPresent(opened -> write(opened, message));
        return descriptor.isPresent();
    }

    private void write(int descriptor, byte[] message) {
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

    /** Empty if nobody has it open for reading. */
    private OptionalInt open() {
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
