package io.probeunit.engine.uprobe;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.probeunit.engine.Lookout;
import io.probeunit.host.FileIdentity;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What the tasks of a control group map of files, as the kernel tells it beside the samples of an event: here of one that has
 * none; perf_event_open(2), {@code PERF_RECORD_MMAP2} and {@code PERF_RECORD_COMM}. One ring a CPU; what comes when that is
 * full is dropped, which is told. For one thread at a time.
 */
final class MappingEvents implements AutoCloseable {

    /** For the beginnings of some fifty programs; each maps some forty parts. */
    private static final int DATA_BYTES = 1 << 18;

    /** A path has 4,096 bytes at most. */
    private static final int LARGEST_RECORD = 4096 + 128;

    private static final int ATTRIBUTES = 128;
    private static final int SOFTWARE = 1;
    private static final long DUMMY = 9;
    private static final long TIME = 1 << 2;
    /** {@code mmap}, {@code comm}, {@code mmap_data}, {@code sample_id_all}, {@code mmap2}, {@code comm_exec}. */
    private static final long FLAGS = 1 << 8 | 1 << 9 | 1 << 17 | 1 << 18 | 1 << 23 | 1 << 24;

    private static final long CLOSE_ON_EXEC_OF_A_GROUP = 8 | 4;
    /** {@code ENODEV}: the CPU does not run. */
    private static final int NO_DEVICE = 19;

    private static final int HEAD = 1024;
    private static final int TAIL = 1032;
    private static final int HEADER = 8;
    private static final int COMMAND = 3;
    private static final int EXEC = 1 << 13;
    private static final int MAPPED = 10;
    private static final int NAME = 72;
    private static final int EXECUTE = 4;
    private static final String DELETED = " (deleted)";

    private final Kernel kernel;
    private final long page;
    private final List<Integer> descriptors = new ArrayList<>();
    private final List<Pointer> rings = new ArrayList<>();
    /** Processes that have become another program, whose file comes next. */
    private final Set<Long> becoming = new HashSet<>();

    private MappingEvents(Kernel kernel) {
        this.kernel = kernel;
        this.page = kernel.sysconf(Kernel.PAGE_SIZE);
    }

    /** Sees nothing where the kernel refuses it, as it does where the controller is in a hierarchy of cgroup v1. */
    static MappingEvents open(Kernel kernel, String group, int cpus) {
        MappingEvents events = new MappingEvents(kernel);
        try {
            int folder = kernel.open(group, 0);
            try {
                IntStream.range(0, cpus).forEach(cpu -> events.add(folder, cpu));
            } finally {
                kernel.close(folder);
            }
        } catch (LastErrorException refused) {
            events.close();
        }
        return events;
    }

    private void add(int group, int cpu) {
        try (Memory attributes = new Memory(ATTRIBUTES)) {
            attributes.clear();
            attributes.setInt(0, SOFTWARE);
            attributes.setInt(4, ATTRIBUTES);
            attributes.setLong(8, DUMMY);
            attributes.setLong(24, TIME);
            attributes.setLong(40, FLAGS);
            int event = kernel.syscall(
                    Processor.here().perfEventOpen(), attributes, group, cpu, -1, CLOSE_ON_EXEC_OF_A_GROUP);
            descriptors.add(event);
            rings.add(kernel.mmap(Pointer.NULL, page + DATA_BYTES, Kernel.READ_WRITE, Kernel.SHARED, event, 0));
        } catch (LastErrorException e) {
            if (e.getErrorCode() != NO_DEVICE) {
                throw e;
            }
        }
    }

    /** What came since the last time. */
    Lookout.Mappings drain() {
        if (rings.isEmpty()) {
            return Lookout.Mappings.UNKNOWN;
        }
        List<Told> told = new ArrayList<>();
        // a CPU that was plugged in meanwhile has no ring
        boolean everywhere = kernel.sysconf(Kernel.CPUS_ONLINE) == rings.size();
        boolean complete = true;
        for (Pointer ring : rings) {
            complete &= drain(ring, told);
        }
        told.sort(Comparator.comparingLong(Told::time));
        List<Lookout.Mapped> mapped = new ArrayList<>();
        for (Told one : told) {
            if (one.type() == COMMAND) {
                becoming.add(one.pid());
            } else {
                one.mapped(becoming).ifPresent(mapped::add);
            }
        }
        boolean quiet = complete && everywhere && told.stream().noneMatch(Told::changesCode);
        return new Lookout.Mappings(mapped, complete, quiet);
    }

    /** Whether there was room for another record; that one was dropped is told by the next one, which may be late. */
    private boolean drain(Pointer ring, List<Told> told) {
        long head = ring.getLong(HEAD);
        VarHandle.acquireFence();
        long tail = ring.getLong(TAIL);
        byte[] bytes = new byte[(int) (head - tail)];
        int from = (int) (tail & DATA_BYTES - 1);
        int first = Math.min(bytes.length, DATA_BYTES - from);
        ring.read(page + from, bytes, 0, first);
        ring.read(page, bytes, first, bytes.length - first);
        VarHandle.fullFence();
        ring.setLong(TAIL, head);
        ByteBuffer all = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        for (int at = 0; at + HEADER <= bytes.length; ) {
            int size = all.getShort(at + 6) & 0xffff;
            int type = all.getInt(at);
            if (size < HEADER || at + size > bytes.length) {
                return false;
            }
            if (type == MAPPED || type == COMMAND && (all.getShort(at + 4) & EXEC) != 0) {
                told.add(new Told(
                        type,
                        all.getLong(at + size - Long.BYTES),
                        all.slice(at, size).order(all.order())));
            }
            at += size;
        }
        return bytes.length <= DATA_BYTES - LARGEST_RECORD;
    }

    /** A record; times are of one clock on all CPUs. */
    private record Told(int type, long time, ByteBuffer record) {

        long pid() {
            return record.getInt(HEADER);
        }

        /** Memory that is neither of a file nor for execution is asked for all the time. */
        boolean changesCode() {
            return type == COMMAND || inode() != 0 || (protection() & EXECUTE) != 0;
        }

        private long inode() {
            return record.getLong(48);
        }

        private int protection() {
            return record.getInt(64);
        }

        /** Empty for what is no file. */
        Optional<Lookout.Mapped> mapped(Set<Long> becoming) {
            byte[] text = new byte[record.limit() - NAME - Long.BYTES];
            record.get(NAME, text);
            String name = new String(text, StandardCharsets.UTF_8);
            int end = name.indexOf('\0');
            String path = end < 0 ? name : name.substring(0, end);
            if (inode() == 0 || !path.startsWith("/") || path.startsWith("//")) {
                return Optional.empty();
            }
            boolean deleted = path.endsWith(DELETED);
            long major = record.getInt(40);
            long minor = record.getInt(44);
            return Optional.of(new Lookout.Mapped(
                    pid(),
                    becoming.remove(pid()),
                    record.getLong(16),
                    deleted ? path.substring(0, path.length() - DELETED.length()) : path,
                    deleted,
                    FileIdentity.device(major, minor),
                    inode(),
                    protection(),
                    record.getLong(32),
                    record.getLong(24)));
        }
    }

    @Override
    public void close() {
        List<Runnable> steps = new ArrayList<>();
        rings.forEach(ring -> steps.add(() -> kernel.munmap(ring, page + DATA_BYTES)));
        descriptors.forEach(event -> steps.add(() -> kernel.close(event)));
        rings.clear();
        descriptors.clear();
        Release.all(steps.toArray(Runnable[]::new));
    }
}
