package io.probeunit.internal.engine.uprobe;

import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.engine.StackQuota;
import io.probeunit.internal.kernel.Batch;
import io.probeunit.internal.kernel.Glance;
import io.probeunit.internal.kernel.Kernel;
import io.probeunit.internal.kernel.KernelException;
import io.probeunit.internal.kernel.SharedMemory;
import io.probeunit.internal.plan.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Counters in memory that the kernel's program writes and that we read, without a system call if it is this process.
 *
 * <p>Each CPU has its own row, so that no cache line is shared. In a row each point has four numbers, and two more for
 * each filter. One more row says of which firings the stack is wanted; it is written to until these have come. Thread-safe.
 */
final class CounterMap implements AutoCloseable {

    /** Firings whose details were put into the ring buffer. */
    static final int DETAILED = 0;

    /** Firings that were only counted. */
    static final int PLAIN = 8;

    /** What {@link #DETAILED} may rise to on this CPU. */
    static final int LIMIT = 16;

    /** Firings that are among the plain ones because the ring buffer was full. */
    static final int LOST = 24;

    /** In the row that all CPUs share: firings so far of which the stack might be wanted. */
    static final int TURN = 0;

    /** In the row that all CPUs share: the first of these firings of which the stack is wanted. */
    static final int FIRST_STACK = 8;

    /** In the row that all CPUs share: the last of these firings of which the stack is wanted, and one. */
    static final int LAST_STACK = 16;

    /**
     * In the row that all CPUs share: which calls count as firings here. 0 for all; a positive number for those that took so many
     * nanoseconds or more; a negative one for those that took less than its opposite.
     */
    static final int SLOW = 24;

    private static final int FIRST_FILTER = 32;
    private static final int BYTES_A_FILTER = 16;
    private static final int CACHE_LINE = 64;

    /** {@code BPF_MAX_VAR_OFF}: the verifier lets a program go no further. */
    private static final long MOST_BYTES = 1 << 29;

    private final Kernel kernel;
    private final int descriptor;
    private final int points;
    private final int filters;
    private final int cpus;
    private final long bytes;
    private final SharedMemory memory;

    /**
     * Makes the map.
     *
     * @param filters the most that a point has
     */
    CounterMap(Kernel kernel, Bpf bpf, int points, int filters, int cpus) {
        this.kernel = kernel;
        this.points = points;
        this.filters = filters;
        this.cpus = cpus;
        this.bytes = size();
        this.descriptor = bpf.array(bytes);
        try {
            this.memory = kernel.share(descriptor, bytes, true, 0);
        } catch (KernelException e) {
            Release.after(e, () -> Release.descriptor(kernel, descriptor));
            throw new EngineException(
                    "Could not map %d bytes of a BPF map with mmap(2) (PU1118): %s".formatted(bytes, e.getMessage()),
                    e);
        }
    }

    /** What is to be looked at, before numbers are read. */
    Glance glance() {
        return memory;
    }

    /** Bytes of one CPU's row. */
    int row() {
        return (points * bytesAPoint() + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE;
    }

    /** Where the row begins that all CPUs share. */
    int shared() {
        return row() * cpus;
    }

    private long size() {
        long size = (long) row() * (cpus + 1);
        if (size > MOST_BYTES) {
            throw new EngineException(
                    "%d probe points on %d CPUs need %d MiB of counters, and a BPF program can use only %d (PU1078). Probe fewer points in one class."
                            .formatted(points, cpus, size >> 20, MOST_BYTES >> 20));
        }
        return size;
    }

    int bytesAPoint() {
        return FIRST_FILTER + filters * BYTES_A_FILTER;
    }

    /** Plain firings that satisfy a filter. */
    int satisfied(int filter) {
        return FIRST_FILTER + filter * BYTES_A_FILTER;
    }

    /** Plain firings of which the program could not find out whether they satisfy a filter. */
    int undecided(int filter) {
        return satisfied(filter) + Long.BYTES;
    }

    int descriptor() {
        return descriptor;
    }

    int cpus() {
        return cpus;
    }

    /** A number of one point, summed over all CPUs. */
    long sum(int point, int number) {
        long sum = 0;
        for (int cpu = 0; cpu < cpus; cpu++) {
            sum += memory.get(at(cpu, point, number));
        }
        return sum;
    }

    /**
     * Allows each of these points so many more detailed firings a CPU, and the others none; counted from what the counters
     * were at the last look.
     */
    void allow(Batch batch, Set<Integer> wanted, Map<Integer, StackQuota> stacks, int detailsACpu) {
        List<SharedMemory.Written> limits = new ArrayList<>();
        for (int point = 0; point < points; point++) {
            StackQuota quota = stacks.getOrDefault(point, StackQuota.NONE);
            long turn = memory.get(at(cpus, point, TURN));
            if (quota.count() == 0 && memory.get(at(cpus, point, LAST_STACK)) <= turn) {
                continue;
            }
            long first = turn + quota.after();
            limits.add(new SharedMemory.Written(at(cpus, point, FIRST_STACK), first));
            limits.add(new SharedMemory.Written(at(cpus, point, LAST_STACK), first + quota.count()));
            limits.add(new SharedMemory.Written(
                    at(cpus, point, SLOW), quota.slow().map(CounterMap::slow).orElse(0L)));
        }
        for (int cpu = 0; cpu < cpus; cpu++) {
            for (int point = 0; point < points; point++) {
                long detailed = memory.get(at(cpu, point, DETAILED));
                limits.add(new SharedMemory.Written(
                        at(cpu, point, LIMIT), detailed + (wanted.contains(point) ? detailsACpu : 0)));
            }
        }
        memory.set(batch, limits);
    }

    private static long slow(Condition condition) {
        long nanos = ((Condition.Literal.Number) condition.literal()).value().longValueExact();
        return switch (condition.comparison()) {
            case AT_LEAST -> nanos;
            case GREATER -> nanos + 1;
            case LESS -> -nanos;
            case AT_MOST -> -nanos - 1;
            default -> throw new IllegalArgumentException("no limit of time: " + condition);
        };
    }

    /** Whether the last look shows that each of these points may still have so many detailed firings on each CPU. */
    boolean allows(Set<Integer> wanted, int detailsACpu) {
        return IntStream.range(0, cpus)
                .allMatch(cpu -> wanted.stream()
                        .allMatch(point -> memory.get(at(cpu, point, LIMIT)) - memory.get(at(cpu, point, DETAILED))
                                == detailsACpu));
    }

    @Override
    public void close() {
        Release.all(memory::close, () -> Release.descriptor(kernel, descriptor));
    }

    private int at(int cpu, int point, int number) {
        return cpu * row() + point * bytesAPoint() + number;
    }
}
