package io.probeunit.internal.kernel;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kernel that this JVM runs on, called in this JVM. On an unknown system, every call is refused. */
public final class LocalKernel implements Kernel {

    private static final int ARGUMENTS = 6;
    /** A pointer to the end of the memory is one. */
    private static final int MARGIN = 8;

    private final Optional<Machine> machine = here();
    private final Pages pages = new Pages(this);

    /** Creates it. JNA is loaded now: where it cannot be later, for want of descriptors, it would never be again. */
    public LocalKernel() {
        if (machine.isPresent()) {
            load();
        }
    }

    private static void load() {
        try {
            LibC.load();
        } catch (LinkageError cannotBeUsed) {
            // the first call says so
        }
    }

    /** {@code syscall(2)}; JNA keeps {@code errno} of each thread. */
    private static final class LibC {
        static {
            Native.register(LibC.class, "c");
        }

        private LibC() {}

        static void load() {
            // the class has begun
        }

        private static native long syscall(long number, long a, long b, long c, long d, long e, long f);
    }

    @Override
    public Machine machine() {
        return machine.orElseThrow(() -> new KernelException(
                "system calls need Linux on x86-64 or aarch64, and this JVM runs on %s of %s (PU1058)"
                        .formatted(System.getProperty("os.name"), System.getProperty("os.arch"))));
    }

    @Override
    public Answer call(Batch batch) {
        if (machine.isEmpty()) {
            long[] refused = new long[batch.calls().size()];
            Arrays.fill(refused, -Errno.ENOSYS.number());
            return new Answer(
                    refused, batch.pieces().stream().map(p -> new byte[0]).toList());
        }
        try {
            return made(batch);
        } catch (LinkageError e) {
            throw new KernelException("JNA, which makes the system calls, cannot be used (PU1059): %s".formatted(e), e);
        }
    }

    private Answer made(Batch batch) {
        long bytes = (long) batch.size() + MARGIN;
        long base = Native.malloc(bytes);
        if (base == 0) {
            throw new OutOfMemoryError("%d bytes for a system call (PU1060)".formatted(bytes));
        }
        try {
            Pointer memory = new Pointer(base);
            int given = batch.data().remaining();
            memory.write(0, batch.data().array(), 0, given);
            memory.setMemory(given, bytes - given, (byte) 0);
            batch.pointers().forEach(pointer -> memory.setLong(pointer.at(), base + pointer.target()));
            long[] results = results(batch, base);
            return new Answer(
                    results,
                    batch.pieces().stream().map(p -> piece(memory, p, results)).toList());
        } finally {
            Native.free(base);
        }
    }

    @Override
    public SharedMemory share(int descriptor, long bytes, boolean writable, long offset) {
        return new LocalMemory(this, descriptor, bytes, writable, offset);
    }

    @Override
    public Ring ring(int descriptor, int size) {
        return new LocalRing(this, descriptor, size);
    }

    @Override
    public Ring perfRing(int descriptor, int size) {
        return new LocalPerfRing(this, descriptor, size);
    }

    @Override
    public Clock clock() {
        return Clock.here();
    }

    /** That of Java's own clock, which costs less to ask. */
    @Override
    public long nanos() {
        return System.nanoTime();
    }

    /** Bytes of a page of the machine's memory. */
    int page() {
        return pages.size();
    }

    /** One call, of which nothing is read or written in our memory. */
    long call(SystemCall call, long... arguments) {
        long[] all = Arrays.copyOf(arguments, ARGUMENTS);
        return once(call.on(machine()), all);
    }

    private long[] results(Batch batch, long base) {
        List<Batch.Entry> calls = batch.calls();
        long[] results = new long[calls.size()];
        boolean stopped = false;
        for (int i = 0; i < results.length; i++) {
            Batch.Entry entry = calls.get(i);
            boolean stops = (entry.flags() & Batch.STOP_IF_FAILED) != 0;
            results[i] = stopped && stops ? -Errno.ECANCELED.number() : result(batch, entry, results, base);
            stopped |= stops && results[i] < 0;
        }
        return results;
    }

    private long result(Batch batch, Batch.Entry entry, long[] results, long base) {
        if (!(entry.number() instanceof Batch.OfKernel known)) {
            return -Errno.ENOSYS.number();
        }
        long[] arguments = new long[ARGUMENTS];
        for (int i = 0; i < entry.arguments().size(); i++) {
            Batch.Argument argument = entry.arguments().get(i);
            if (argument instanceof Batch.Value value) {
                arguments[i] = value.number();
            } else if (argument instanceof Batch.Place place) {
                arguments[i] = base + batch.at(place);
            } else {
                arguments[i] = results[((Batch.Call) argument).index()];
                if (arguments[i] < 0) {
                    return -Errno.ECANCELED.number();
                }
            }
        }
        int number = known.call().on(machine());
        return (entry.flags() & Batch.REPEAT) == 0
                ? once(number, arguments)
                : repeated(number, arguments, (entry.flags() & Batch.WITH_OFFSET) != 0);
    }

    private static long repeated(int number, long[] arguments, boolean withOffset) {
        long done = 0;
        while (true) {
            long n = once(number, arguments);
            if (n < 0) {
                return done > 0 ? done : n;
            }
            done += n;
            if (n == 0 || n >= arguments[2]) {
                return done;
            }
            arguments[1] += n;
            arguments[2] -= n;
            arguments[3] += withOffset ? n : 0;
        }
    }

    private static long once(int number, long[] a) {
        while (true) {
            long result = LibC.syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
            if (result != -1) {
                return result;
            }
            int error = Native.getLastError();
            if (error != Errno.EINTR.number()) {
                return -error;
            }
        }
    }

    private static byte[] piece(Pointer memory, Batch.Piece piece, long[] results) {
        long length = piece.by() < 0 ? piece.length() : Math.min(piece.length(), Math.max(0, results[piece.by()]));
        return memory.getByteArray(piece.offset(), (int) length);
    }

    private static Optional<Machine> here() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux")
                ? Machine.named(System.getProperty("os.arch"))
                : Optional.empty();
    }
}
