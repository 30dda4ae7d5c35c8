package io.probeunit.internal.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A fixture: hands out descriptors and memory, and remembers what was not given back. */
public final class FakeKernel implements Kernel {

    public static final int FIRST = 100;

    private static final Set<SystemCall> OPENING =
            Set.of(SystemCall.BPF, SystemCall.PERF_EVENT_OPEN, SystemCall.OPENAT);

    public final Set<Integer> open = new HashSet<>();

    /** What is shared with it, each with what it is. */
    public final List<Object> mapped = new ArrayList<>();

    /** For each call that opens or sets something, an error number or 0; those behind the last succeed. */
    public final Deque<Integer> errors = new ArrayDeque<>();

    /** The same for memory that is shared. */
    public final Deque<Integer> mapErrors = new ArrayDeque<>();

    /** Closing these is refused, after which they are closed all the same, as close(2) does. */
    public final Set<Integer> badToClose = new HashSet<>();

    /** Memory is not taken back without a complaint; what it was for is gone. */
    public boolean badToUnmap;

    /** The way to it is gone. */
    public boolean gone;

    /** Rings are read by calls, as those elsewhere are. */
    public boolean elsewhere;

    /** Bytes of the largest memory that a batch had. */
    public int largest;

    /** Runs in the thread of each call. */
    public Runnable beforeCall = () -> {};

    public int calls;
    private int next = FIRST;

    @Override
    public Machine machine() {
        return Machine.X86_64;
    }

    @Override
    public Answer call(Batch batch) {
        beforeCall.run();
        return answer(batch);
    }

    private synchronized Answer answer(Batch batch) {
        if (gone) {
            throw new KernelException("the helper has ended");
        }
        largest = Math.max(largest, batch.size());
        long[] results = new long[batch.calls().size()];
        boolean stopped = false;
        for (int i = 0; i < results.length; i++) {
            Batch.Entry entry = batch.calls().get(i);
            boolean stops = (entry.flags() & Batch.STOP_IF_FAILED) != 0;
            results[i] = stopped && stops ? -Errno.ECANCELED.number() : result(entry, results);
            stopped |= stops && results[i] < 0;
        }
        byte[] memory = Arrays.copyOf(batch.data().array(), batch.size());
        return new Answer(
                results,
                batch.pieces().stream()
                        .map(p -> Arrays.copyOfRange(memory, p.offset(), p.offset() + (p.by() < 0 ? p.length() : 0)))
                        .toList());
    }

    private long result(Batch.Entry entry, long[] results) {
        SystemCall call = ((Batch.OfKernel) entry.number()).call();
        if (call == SystemCall.CLOSE) {
            return close(entry.arguments().get(0), results);
        }
        calls++;
        for (Batch.Argument argument : entry.arguments()) {
            if (argument instanceof Batch.Call earlier && results[earlier.index()] < 0) {
                return -Errno.ECANCELED.number();
            }
        }
        int error = OPENING.contains(call) || call == SystemCall.IOCTL ? next(errors) : 0;
        if (error == 0 && OPENING.contains(call)) {
            open.add(next);
            return next++;
        }
        return -error;
    }

    private long close(Batch.Argument argument, long[] results) {
        long descriptor =
                argument instanceof Batch.Value value ? value.number() : results[((Batch.Call) argument).index()];
        if (descriptor >= 0 && !open.remove((int) descriptor)) {
            throw new AssertionError("not open: " + descriptor);
        }
        return badToClose.contains((int) descriptor) ? -Errno.EIO.number() : 0;
    }

    @Override
    public SharedMemory share(int descriptor, long bytes, boolean writable, long offset) {
        return shared(new Memory());
    }

    @Override
    public Ring ring(int descriptor, int size) {
        return shared(new Records(size));
    }

    @Override
    public Ring perfRing(int descriptor, int size) {
        return shared(new Records(size));
    }

    @Override
    public Clock clock() {
        return Clock.here();
    }

    private <T> T shared(T memory) {
        int error = next(mapErrors);
        if (error != 0) {
            throw new KernelException(error);
        }
        mapped.add(memory);
        return memory;
    }

    private void unmap(Object memory) {
        if (!mapped.remove(memory)) {
            throw new AssertionError("not mapped");
        }
        if (badToUnmap) {
            throw new KernelException(Errno.EINVAL.number());
        }
    }

    private static int next(Deque<Integer> errors) {
        Integer error = errors.poll();
        return error == null ? 0 : error;
    }

    private final class Memory implements SharedMemory {
        private final Map<Long, Long> numbers = new HashMap<>();

        @Override
        public long get(long offset) {
            return numbers.getOrDefault(offset, 0L);
        }

        @Override
        public void set(Batch batch, List<Written> written) {
            written.forEach(w -> numbers.put(w.offset(), w.number()));
        }

        @Override
        public void close() {
            unmap(this);
        }
    }

    /** A ring of perf, into which a test puts records. */
    public final class Records implements Ring {
        private final int size;
        private ByteBuffer data = ByteBuffer.allocate(0).order(ByteOrder.LITTLE_ENDIAN);

        private Records(int size) {
            this.size = size;
        }

        /** Adds a record, with its header. */
        public void put(byte[] record) {
            data = ByteBuffer.allocate(data.limit() + record.length)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .put(data.array())
                    .put(record);
        }

        @Override
        public void ask(Batch batch) {
            if (elsewhere) {
                batch.room(size);
                batch.call(SystemCall.GETPID);
            }
        }

        @Override
        public boolean take(Taker taker) {
            ByteBuffer records = data;
            data = ByteBuffer.allocate(0).order(ByteOrder.LITTLE_ENDIAN);
            return PerfRecord.takeAll(records, records.limit(), size, taker);
        }

        @Override
        public void close() {
            unmap(this);
        }
    }
}
