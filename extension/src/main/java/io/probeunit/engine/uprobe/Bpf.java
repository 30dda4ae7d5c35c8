package io.probeunit.engine.uprobe;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.probeunit.engine.EngineException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/** bpf(2): maps, programs, links. What it hands out are file descriptors, which the caller closes. Thread-safe. */
final class Bpf {

    private static final int ATTRIBUTES = 128;
    /** The most that kernels before 5.2 take; those before 6.4 keep the beginning of a log that is longer. */
    private static final int LOG_BYTES = (1 << 24) - 1;

    private static final int LOG_LINES_TOLD = 15;

    private static final int MAP_CREATE = 0;
    private static final int PROG_LOAD = 5;
    private static final int RAW_TRACEPOINT_OPEN = 17;
    private static final int LINK_CREATE = 28;

    private static final int ARRAY = 2;
    private static final int RINGBUF = 27;
    private static final int MMAPABLE = 1 << 10;

    private static final int KPROBE_PROGRAM = 2;
    private static final int RAW_TRACEPOINT_PROGRAM = 17;
    private static final int TRACE_UPROBE_MULTI = 48;
    private static final int SLEEPABLE = 1 << 4;
    private static final int ON_RETURN = 1;

    /** {@code EBADF}. */
    private static final int BAD_FILE = 9;

    /** {@code EAGAIN}: a signal came while the verifier was at work. */
    private static final int AGAIN = 11;

    private static final int LOADING_TRIES = 10;

    private Optional<Boolean> uprobeLinks = Optional.empty();
    private final Kernel kernel;
    private final long number;

    Bpf(Kernel kernel) {
        this.kernel = kernel;
        this.number = Processor.here().bpf();
    }

    /** What a program is to hang on. */
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
        Memory attributes = attributes();
        attributes.setInt(0, ARRAY);
        attributes.setInt(4, Integer.BYTES);
        attributes.setInt(8, Math.toIntExact(bytes));
        attributes.setInt(12, 1);
        attributes.setInt(16, MMAPABLE);
        return call(MAP_CREATE, attributes, "create a map of %d bytes".formatted(bytes));
    }

    /** A ring buffer; its size is a power of two and a multiple of the page's size. */
    int ring(int bytes) {
        Memory attributes = attributes();
        attributes.setInt(0, RINGBUF);
        attributes.setInt(12, bytes);
        return call(MAP_CREATE, attributes, "create a ring buffer of %d bytes".formatted(bytes));
    }

    /** Maps the memory of a map into ours. */
    Pointer memory(int descriptor, long bytes, int protection, long offset) {
        try {
            return kernel.mmap(Pointer.NULL, bytes, protection, Kernel.SHARED, descriptor, offset);
        } catch (LastErrorException e) {
            throw new EngineException(
                    "Could not map %d bytes of a BPF map with mmap(2): %s".formatted(bytes, e.getMessage()), e);
        }
    }

    /** Loads a program for uprobes; the message of a refusal ends with what the verifier said. */
    int load(Assembler assembler, Kind kind) {
        List<Instruction> program = assembler.assemble();
        try (Memory code = code(program);
                Memory license = text("GPL")) {
            Memory attributes = attributes();
            attributes.setInt(0, kind == Kind.TRACEPOINT ? RAW_TRACEPOINT_PROGRAM : KPROBE_PROGRAM);
            attributes.setInt(4, program.size());
            attributes.setPointer(8, code);
            attributes.setPointer(16, license);
            attributes.setInt(44, kind == Kind.LINK_MAY_SLEEP ? SLEEPABLE : 0);
            attributes.setString(48, "probeunit", "US-ASCII");
            boolean link = kind == Kind.LINK || kind == Kind.LINK_MAY_SLEEP;
            attributes.setInt(68, link ? TRACE_UPROBE_MULTI : 0);
            try {
                return verified(attributes);
            } catch (LastErrorException e) {
                throw refused(attributes, e);
            }
        }
    }

    /** Arms a program at places of one file; the probes are there while the descriptor is open. */
    int link(int program, String path, List<Place> places, boolean onReturn) {
        try (Memory file = text(path);
                Memory offsets = longs(places.stream().mapToLong(Place::offset).toArray());
                Memory cookies = longs(places.stream().mapToLong(Place::cookie).toArray());
                Memory semaphores = longs(
                        places.stream().mapToLong(p -> p.semaphore().orElse(0L)).toArray())) {
            Memory attributes = attributes();
            attributes.setInt(0, program);
            attributes.setInt(8, TRACE_UPROBE_MULTI);
            attributes.setPointer(16, file);
            attributes.setPointer(24, offsets);
            if (places.stream().anyMatch(p -> p.semaphore().isPresent())) {
                attributes.setPointer(32, semaphores);
            }
            attributes.setPointer(40, cookies);
            attributes.setInt(48, places.size());
            attributes.setInt(52, onReturn ? ON_RETURN : 0);
            return call(LINK_CREATE, attributes, "arm %d uprobes in %s".formatted(places.size(), path));
        }
    }

    /** Runs a program at each hit of a tracepoint while the descriptor is open. */
    int tracepoint(String name, Assembler text) {
        int program = load(text, Kind.TRACEPOINT);
        try (Memory called = text(name)) {
            Memory attributes = attributes();
            attributes.setPointer(0, called);
            attributes.setInt(8, program);
            return call(RAW_TRACEPOINT_OPEN, attributes, "hook tracepoint %s".formatted(name));
        } finally {
            kernel.close(program);
        }
    }

    /**
     * Loads the smallest program.
     *
     * @throws EngineException if programs cannot be loaded
     */
    void tryToLoad() {
        kernel.close(load(nothing(), Kind.PERF));
    }

    /** Whether the kernel knows links of uprobes; tried once, since a kernel does not change. */
    synchronized boolean hasUprobeLinks() {
        if (uprobeLinks.isEmpty()) {
            uprobeLinks = Optional.of(tryUprobeLinks());
        }
        return uprobeLinks.get();
    }

    /** A kernel that knows such links complains that {@code /} is no file; another one, that it knows no such link. */
    private boolean tryUprobeLinks() {
        int program;
        try {
            program = load(nothing(), Kind.LINK);
        } catch (EngineException unknownKindOfProgram) {
            return false;
        }
        try (Memory file = text("/");
                Memory offsets = longs(new long[1])) {
            Memory attributes = attributes();
            attributes.setInt(0, program);
            attributes.setInt(8, TRACE_UPROBE_MULTI);
            attributes.setPointer(16, file);
            attributes.setPointer(24, offsets);
            attributes.setInt(48, 1);
            kernel.close(system(LINK_CREATE, attributes));
            return true;
        } catch (LastErrorException e) {
            return e.getErrorCode() == BAD_FILE;
        } finally {
            kernel.close(program);
        }
    }

    /**
     * A place of a uprobe.
     *
     * @param offset in the file, in bytes
     * @param cookie what the program is told
     * @param semaphore offset in the file of the counter to be raised while the probe is there
     */
    record Place(long offset, long cookie, Optional<Long> semaphore) {}

    /** As often as a signal comes, such as a profiler's. */
    private int verified(Memory attributes) {
        for (int i = 1; ; i++) {
            try {
                return system(PROG_LOAD, attributes);
            } catch (LastErrorException e) {
                if (e.getErrorCode() != AGAIN || i == LOADING_TRIES) {
                    throw e;
                }
            }
        }
    }

    private EngineException refused(Memory attributes, LastErrorException first) {
        try (Memory log = new Memory(LOG_BYTES)) {
            log.setByte(0, (byte) 0);
            attributes.setInt(24, 1);
            attributes.setInt(28, LOG_BYTES);
            attributes.setPointer(32, log);
            String said;
            try {
                kernel.close(system(PROG_LOAD, attributes));
                said = "nothing the second time";
            } catch (LastErrorException again) {
                said = tail(log.getString(0));
            }
            return new EngineException(
                    "The kernel refused the BPF program: %s. The verifier said:%n%s"
                            .formatted(first.getMessage(), said),
                    first);
        }
    }

    private static String tail(String log) {
        List<String> lines = log.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES_TOLD), lines.size()));
    }

    private int call(int command, Memory attributes, String what) {
        try {
            return system(command, attributes);
        } catch (LastErrorException e) {
            throw new EngineException("Could not %s with bpf(2): %s".formatted(what, e.getMessage()), e);
        }
    }

    private int system(int command, Memory attributes) {
        return kernel.syscall(number, command, attributes, ATTRIBUTES);
    }

    private static Memory attributes() {
        Memory attributes = new Memory(ATTRIBUTES);
        attributes.clear();
        return attributes;
    }

    private static Memory code(List<Instruction> program) {
        Memory code = new Memory((long) program.size() * Instruction.BYTES);
        ByteBuffer buffer = code.getByteBuffer(0, code.size()).order(ByteOrder.nativeOrder());
        program.forEach(instruction -> instruction.write(buffer));
        return code;
    }

    private static Memory text(String text) {
        byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Memory memory = new Memory(bytes.length + 1L);
        memory.clear();
        memory.write(0, bytes, 0, bytes.length);
        return memory;
    }

    private static Memory longs(long[] values) {
        Memory memory = new Memory((long) values.length * Long.BYTES);
        memory.write(0, values, 0, values.length);
        return memory;
    }
}
