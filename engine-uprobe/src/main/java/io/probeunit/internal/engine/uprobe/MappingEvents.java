package io.probeunit.internal.engine.uprobe;

import io.probeunit.internal.engine.KernelWatch;
import io.probeunit.internal.host.Cpus;
import io.probeunit.internal.host.FileIdentity;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.host.HostFiles;
import io.probeunit.internal.kernel.Answer;
import io.probeunit.internal.kernel.Batch;
import io.probeunit.internal.kernel.Kernel;
import io.probeunit.internal.kernel.KernelException;
import io.probeunit.internal.kernel.Ring;
import io.probeunit.internal.tracefs.CgroupEvents;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the tasks of a control group map of files, as the kernel tells it beside the samples of an event: here of one that has
 * none; perf_event_open(2), {@code PERF_RECORD_MMAP2} and {@code PERF_RECORD_COMM}. One ring a CPU; what comes when that is
 * full is dropped, which is told. For one thread at a time.
 */
final class MappingEvents implements AutoCloseable {

    /** For the beginnings of some fifty programs; each maps some forty parts. */
    private static final int DATA_BYTES = 1 << 18;

    /** The memory of a batch has an end, and machines have hundreds of CPUs. */
    private static final int RINGS_AT_ONCE = 16;

    private static final int SOFTWARE = 1;
    private static final long DUMMY = 9;
    private static final long TIME = 1 << 2;
    /** {@code mmap}, {@code comm}, {@code mmap_data}, {@code sample_id_all}, {@code mmap2}, {@code comm_exec}. */
    private static final long FLAGS = 1 << 8 | 1 << 9 | 1 << 17 | 1 << 18 | 1 << 23 | 1 << 24;

    private static final int HEADER = 8;
    private static final int COMMAND = 3;
    private static final int EXEC = 1 << 13;
    private static final int MAPPED = 10;
    private static final int NAME = 72;
    private static final int EXECUTE = 4;
    private static final String DELETED = " (deleted)";

    private final Kernel kernel;
    private final HostFiles files;
    private final List<Integer> descriptors = new ArrayList<>();
    private final List<Ring> rings = new ArrayList<>();
    /** Processes that have become another program, whose file comes next. */
    private final Set<Long> becoming = new HashSet<>();

    private MappingEvents(Host host) {
        this.kernel = host.calls();
        this.files = host.files();
    }

    /** Sees nothing where the kernel refuses it, as it does where the controller is in a hierarchy of cgroup v1. */
    static MappingEvents open(Host host, String group) {
        MappingEvents events = new MappingEvents(host);
        try {
            events.add(CgroupEvents.open(host, group, attributes()));
        } catch (KernelException refused) {
            events.close();
        }
        return events;
    }

    private void add(List<Integer> opened) {
        descriptors.addAll(opened);
        opened.forEach(event -> rings.add(kernel.perfRing(event, DATA_BYTES)));
    }

    private static ByteBuffer attributes() {
        return CgroupEvents.attributes(SOFTWARE, DUMMY).putLong(24, TIME).putLong(40, FLAGS);
    }

    private static void look(Kernel kernel, List<Ring> some) {
        Batch batch = new Batch();
        some.forEach(ring -> ring.ask(batch));
        if (!batch.isEmpty()) {
            Answer answer = kernel.call(batch);
            some.forEach(ring -> ring.told(answer));
        }
    }

    /** What came since the last time. */
    KernelWatch.Mappings drain() {
        if (rings.isEmpty()) {
            return KernelWatch.Mappings.UNKNOWN;
        }
        for (int from = 0; from < rings.size(); from += RINGS_AT_ONCE) {
            look(kernel, rings.subList(from, Math.min(rings.size(), from + RINGS_AT_ONCE)));
        }
        List<Told> told = new ArrayList<>();
        // a CPU that was plugged in meanwhile has no ring
        boolean everywhere = Cpus.running(files) == rings.size();
        boolean complete = true;
        for (Ring ring : rings) {
            complete &= ring.take((data, at, size) -> Told.of(data, at, size).ifPresent(told::add));
        }
        told.sort(Comparator.comparingLong(Told::time));
        List<KernelWatch.Mapped> mapped = new ArrayList<>();
        for (Told one : told) {
            if (one.type() == COMMAND) {
                becoming.add(one.pid());
            } else {
                one.mapped(becoming).ifPresent(mapped::add);
            }
        }
        boolean quiet = complete && everywhere && told.stream().noneMatch(Told::changesCode);
        return new KernelWatch.Mappings(mapped, complete, quiet);
    }

    /** A record; times are of one clock on all CPUs. */
    private record Told(int type, long time, ByteBuffer record) {

        /** Empty for what tells of neither a mapping nor the begin of a program. */
        static Optional<Told> of(ByteBuffer data, int at, int size) {
            int type = data.getInt(at);
            boolean tells = type == MAPPED || type == COMMAND && (data.getShort(at + 4) & EXEC) != 0;
            return tells
                    ? Optional.of(new Told(
                            type,
                            data.getLong(at + size - Long.BYTES),
                            data.slice(at, size).order(data.order())))
                    : Optional.empty();
        }

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
        Optional<KernelWatch.Mapped> mapped(Set<Long> becoming) {
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
            return Optional.of(new KernelWatch.Mapped(
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
        rings.forEach(ring -> steps.add(ring::close));
        List<Integer> opened = List.copyOf(descriptors);
        steps.add(() -> Release.descriptors(kernel, opened));
        rings.clear();
        descriptors.clear();
        Release.all(steps.toArray(Runnable[]::new));
    }
}
