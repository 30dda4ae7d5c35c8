package io.probeunit.internal.engine.uprobe;

import static io.probeunit.internal.kernel.Batch.value;

import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.kernel.Answer;
import io.probeunit.internal.kernel.Batch;
import io.probeunit.internal.kernel.Errno;
import io.probeunit.internal.kernel.Kernel;
import io.probeunit.internal.kernel.KernelException;
import io.probeunit.internal.kernel.SystemCall;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** bpf(2): maps, programs, links. It returns file descriptors, which the caller closes. Thread-safe. */
final class Bpf {

    private static final int ATTRIBUTES = 128;
    /** Kernels before 5.2 take twice as much; those before 6.4 keep the beginning of a log that is longer. */
    private static final int LOG_BYTES = (1 << 23) - 1;

    private static final int LOG_LINES_TOLD = 15;

    private static final int MAP_CREATE = 0;
    private static final int PROG_LOAD = 5;
    private static final int MAP_LOOKUP_BATCH = 24;
    private static final int RAW_TRACEPOINT_OPEN = 17;
    private static final int LINK_CREATE = 28;

    private static final int HASH = 1;
    private static final int ARRAY = 2;
    private static final int RINGBUF = 27;
    private static final int MMAPABLE = 1 << 10;

    private static final int KPROBE_PROGRAM = 2;
    private static final int RAW_TRACEPOINT_PROGRAM = 17;
    private static final int TRACE_UPROBE_MULTI = 48;
    private static final int SLEEPABLE = 1 << 4;
    private static final int ON_RETURN = 1;

    private static final byte[] NAME = "probeunit".getBytes(StandardCharsets.US_ASCII);
    private static final int LOADING_TRIES = 10;

    private final Kernel kernel;

    Bpf(Kernel kernel) {
        this.kernel = kernel;
    }

    /** The point to which a program is attached. */
    enum Kind {
        /** A link of uprobes. */
        LINK,
        /** A link of uprobes; the program may sleep while it reads memory. */
        LINK_MAY_SLEEP,
        /** An event of perf. */
        PERF,
        /** A tracepoint, whose arguments it gets as they are. */
        TRACEPOINT
    }

    /** The shortest program. */
    static Assembler nothing() {
        return new Assembler().move(Reg.R0, 0).exit();
    }

    /** An array with one element that can be mapped into memory. */
    int array(long bytes) {
        Attributes attributes = new Attributes();
        attributes
                .set(0, ARRAY)
                .set(4, Integer.BYTES)
                .set(8, Math.toIntExact(bytes))
                .set(12, 1)
                .set(16, MMAPABLE);
        return call(MAP_CREATE, attributes, "create a map of %d bytes".formatted(bytes));
    }

    /** A hash table, whose entries all have their memory from the beginning. */
    int hash(int keyBytes, int valueBytes, int entries) {
        Attributes attributes = new Attributes();
        attributes.set(0, HASH).set(4, keyBytes).set(8, valueBytes).set(12, entries);
        return call(MAP_CREATE, attributes, "create a map of %d bytes".formatted(entries * (keyBytes + valueBytes)));
    }

    /**
     * Some entries of a hash table, since Linux 5.6.
     *
     * @param map the table's descriptor
     * @param after where the last part ended; empty for the first one
     * @param most entries
     * @throws EngineException if it cannot be read
     */
    Entries entries(int map, int keyBytes, int valueBytes, Optional<byte[]> after, int most) {
        Attributes attributes = new Attributes();
        attributes.set(32, most).set(36, map);
        Batch batch = attributes.batch();
        after.ifPresent(position -> attributes.point(0, batch.bytes(position)));
        Batch.Place position = batch.room(Long.BYTES);
        Batch.Place keys = batch.room(most * keyBytes);
        Batch.Place values = batch.room(most * valueBytes);
        attributes.point(8, position);
        attributes.point(16, keys);
        attributes.point(24, values);
        Batch.Place written = attributes.written();
        Batch.Call call = batch.call(SystemCall.BPF, value(MAP_LOOKUP_BATCH), written, value(ATTRIBUTES));
        Batch.Wanted count = batch.want(written.plus(32), Integer.BYTES);
        Batch.Wanted next = batch.want(position, Long.BYTES);
        Batch.Wanted readKeys = batch.want(keys, most * keyBytes);
        Batch.Wanted readValues = batch.want(values, most * valueBytes);
        try {
            Answer answer = kernel.call(batch);
            boolean last = Errno.ENOENT.is(answer.result(call));
            if (!last) {
                answer.get(call);
            }
            return new Entries(
                    answer.buffer(count).getInt(),
                    answer.buffer(readKeys),
                    answer.buffer(readValues),
                    last ? Optional.empty() : Optional.of(answer.bytes(next)));
        } catch (KernelException e) {
            throw new EngineException(
                    "Could not read a hash table with bpf(2) (PU1124): %s".formatted(e.getMessage()), e);
        }
    }

    /** A ring buffer; its size is a power of two and a multiple of the page's size. */
    int ring(int bytes) {
        Attributes attributes = new Attributes();
        attributes.set(0, RINGBUF).set(12, bytes);
        return call(MAP_CREATE, attributes, "create a ring buffer of %d bytes".formatted(bytes));
    }

    /** Loads a program for uprobes; the message of a refusal ends with what the verifier said. */
    int load(Assembler assembler, Kind kind) {
        List<Instruction> program = assembler.assemble();
        try {
            return verified(program, kind);
        } catch (KernelException e) {
            throw refused(program, kind, e);
        }
    }

    /** Arms a program at places of one file; the probes are there while the descriptor is open. */
    int link(int program, String path, List<Place> places, boolean onReturn) {
        Attributes attributes = new Attributes();
        attributes
                .set(0, program)
                .set(8, TRACE_UPROBE_MULTI)
                .set(48, places.size())
                .set(52, onReturn ? ON_RETURN : 0);
        Batch batch = attributes.batch();
        attributes.point(16, batch.text(path));
        attributes.point(
                24, batch.longs(places.stream().mapToLong(Place::offset).toArray()));
        if (places.stream().anyMatch(p -> p.semaphore().isPresent())) {
            attributes.point(
                    32,
                    batch.longs(places.stream()
                            .mapToLong(p -> p.semaphore().orElse(0L))
                            .toArray()));
        }
        attributes.point(
                40, batch.longs(places.stream().mapToLong(Place::cookie).toArray()));
        return call(LINK_CREATE, attributes, "arm %d uprobes in %s".formatted(places.size(), path));
    }

    /** Runs a program at each firing of a tracepoint while the descriptor is open. */
    int tracepoint(String name, Assembler text) {
        int program = load(text, Kind.TRACEPOINT);
        try {
            Attributes attributes = new Attributes();
            attributes.set(8, program);
            attributes.point(0, attributes.batch().text(name));
            return call(RAW_TRACEPOINT_OPEN, attributes, "hook tracepoint %s".formatted(name));
        } finally {
            Release.descriptor(kernel, program);
        }
    }

    /**
     * Loads the smallest program.
     *
     * @throws EngineException if programs cannot be loaded
     */
    void tryToLoad() {
        Release.descriptor(kernel, load(nothing(), Kind.PERF));
    }

    /** Whether the kernel knows links of uprobes: then it complains that {@code /} is no file, else that it knows no such link. */
    boolean hasUprobeLinks() {
        int program;
        try {
            program = load(nothing(), Kind.LINK);
        } catch (EngineException unknownKindOfProgram) {
            return false;
        }
        try {
            Attributes attributes = new Attributes();
            attributes.set(0, program).set(8, TRACE_UPROBE_MULTI).set(48, 1);
            attributes.point(16, attributes.batch().text("/"));
            attributes.point(24, attributes.batch().longs(0));
            Release.descriptor(kernel, system(LINK_CREATE, attributes));
            return true;
        } catch (KernelException e) {
            return e.is(Errno.EBADF);
        } finally {
            Release.descriptor(kernel, program);
        }
    }

    /**
     * A part of a hash table.
     *
     * @param count of the entries
     * @param keys one behind the other
     * @param values one behind the other
     * @param next where the next part begins; empty if there is none
     */
    record Entries(int count, ByteBuffer keys, ByteBuffer values, Optional<byte[]> next) {}

    /**
     * A place of a uprobe.
     *
     * @param offset in the file, in bytes
     * @param cookie the value that the program gets
     * @param semaphore offset in the file of the counter to be raised while the probe is there
     */
    record Place(long offset, long cookie, Optional<Long> semaphore) {}

    /** The attributes of a call, {@code union bpf_attr} of {@code linux/bpf.h}, in the memory of a batch. */
    private static final class Attributes {
        private final ByteBuffer fields = ByteBuffer.allocate(ATTRIBUTES).order(ByteOrder.LITTLE_ENDIAN);
        private final Batch batch = new Batch();
        private final Batch.Place place = batch.bytes(fields.array());

        Attributes set(int at, int number) {
            fields.putInt(at, number);
            return this;
        }

        void point(int at, Batch.Place target) {
            batch.pointer(place.plus(at), target);
        }

        Batch batch() {
            return batch;
        }

        Batch.Place written() {
            batch.put(place, fields.array());
            return place;
        }
    }

    /** As often as a signal comes, such as a profiler's. */
    private int verified(List<Instruction> program, Kind kind) {
        for (int i = 1; ; i++) {
            try {
                return system(PROG_LOAD, program(program, kind));
            } catch (KernelException e) {
                if (!e.is(Errno.EAGAIN) || i == LOADING_TRIES) {
                    throw e;
                }
            }
        }
    }

    private static Attributes program(List<Instruction> program, Kind kind) {
        Attributes attributes = new Attributes();
        boolean link = kind == Kind.LINK || kind == Kind.LINK_MAY_SLEEP;
        attributes
                .set(0, kind == Kind.TRACEPOINT ? RAW_TRACEPOINT_PROGRAM : KPROBE_PROGRAM)
                .set(4, program.size())
                .set(44, kind == Kind.LINK_MAY_SLEEP ? SLEEPABLE : 0)
                .set(68, link ? TRACE_UPROBE_MULTI : 0);
        attributes.fields.put(48, NAME);
        attributes.point(8, attributes.batch().bytes(code(program)));
        attributes.point(16, attributes.batch().text("GPL"));
        return attributes;
    }

    private EngineException refused(List<Instruction> program, Kind kind, KernelException first) {
        Attributes attributes = program(program, kind);
        attributes.set(24, 1).set(28, LOG_BYTES);
        Batch batch = attributes.batch();
        Batch.Place log = batch.room(LOG_BYTES);
        attributes.point(32, log);
        Batch.Call again = batch.call(SystemCall.BPF, value(PROG_LOAD), attributes.written(), value(ATTRIBUTES));
        Batch.Wanted told = batch.want(log, LOG_BYTES);
        String said;
        try {
            Answer answer = kernel.call(batch);
            if (answer.result(again) >= 0) {
                Release.descriptor(kernel, (int) answer.result(again));
                said = "nothing the second time";
            } else {
                said = tail(answer.text(told).replaceFirst("\0.*", "").stripTrailing());
            }
        } catch (KernelException e) {
            said = String.valueOf(e.getMessage());
        }
        return new EngineException(
                "The kernel refused the BPF program (PU1116): %s. The verifier said:%n%s"
                        .formatted(first.getMessage(), said.isEmpty() ? "nothing" : said),
                first);
    }

    private static String tail(String log) {
        List<String> lines = log.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES_TOLD), lines.size()));
    }

    private int call(int command, Attributes attributes, String what) {
        try {
            return system(command, attributes);
        } catch (KernelException e) {
            throw new EngineException("Could not %s with bpf(2) (PU1117): %s".formatted(what, e.getMessage()), e);
        }
    }

    private int system(int command, Attributes attributes) {
        Batch.Call made =
                attributes.batch().call(SystemCall.BPF, value(command), attributes.written(), value(ATTRIBUTES));
        return (int) kernel.call(attributes.batch()).get(made);
    }

    private static byte[] code(List<Instruction> program) {
        ByteBuffer code =
                ByteBuffer.allocate(program.size() * Instruction.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        program.forEach(instruction -> instruction.write(code));
        return code.array();
    }
}
