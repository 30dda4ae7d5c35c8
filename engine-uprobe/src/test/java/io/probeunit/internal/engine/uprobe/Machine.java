package io.probeunit.internal.engine.uprobe;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;

/**
 * Executes programs as {@code Documentation/bpf/standardization/instruction-set.rst} says, as far as ours go. A program that
 * touches what it may not fails.
 */
final class Machine {

    private static final long CONTEXT = 0x1000_0000L;
    private static final long STACK_TOP = 0x2000_0000L;
    private static final long MAP = 0x3000_0000L;
    private static final int CONTEXT_BYTES = 176;
    private static final int STACK_BYTES = 512;
    private static final int MOST_STEPS = 100_000;
    private static final long FAULT = -14;

    private final long[] registers = new long[11];
    private final TreeMap<Long, ByteBuffer> regions = new TreeMap<>();
    private final Map<Integer, LongUnaryOperator> functions = new HashMap<>();
    private final Map<Long, byte[]> user = new HashMap<>();
    private final ByteBuffer context = buffer(CONTEXT_BYTES);

    /** A machine whose programs see one map's value. */
    Machine(ByteBuffer mapValue) {
        regions.put(CONTEXT, context);
        regions.put(MAP, mapValue.order(ByteOrder.nativeOrder()));
    }

    /** The registers of the traced process. */
    ByteBuffer context() {
        return context;
    }

    /** Memory of the traced process that can be read. */
    void memory(long address, byte[] content) {
        user.put(address, content);
    }

    /** What a function returns, from its first argument. */
    Machine function(BpfFunction function, LongUnaryOperator result) {
        functions.put(function.number(), result);
        return this;
    }

    /** Runs a program from its beginning to its exit. */
    void run(List<Instruction> program) {
        regions.put(STACK_TOP - STACK_BYTES, buffer(STACK_BYTES));
        registers[1] = CONTEXT;
        registers[10] = STACK_TOP;
        int at = 0;
        for (int step = 0; step < MOST_STEPS; step++) {
            Instruction now = program.get(at++);
            switch (now.code() & 7) {
                case 0 -> {
                    wide(now, program.get(at));
                    at++;
                }
                case 1 -> registers[now.destination()] = load(now.code(), registers[now.source()] + now.offset());
                case 2 -> store(now.code(), registers[now.destination()] + now.offset(), now.immediate());
                case 3 -> store(now.code(), registers[now.destination()] + now.offset(), registers[now.source()]);
                case 7 -> arithmetic(now);
                case 6 -> at += now.immediate();
                default -> {
                    if (now.code() == 0x95) {
                        return;
                    }
                    if (now.code() == 0x85) {
                        call(now.immediate());
                    } else if (jumps(now)) {
                        at += now.offset();
                    }
                }
            }
        }
        throw new AssertionError("the program does not end");
    }

    private void wide(Instruction low, Instruction high) {
        long value = Integer.toUnsignedLong(low.immediate()) | (long) high.immediate() << Integer.SIZE;
        registers[low.destination()] = switch (low.source()) {
            case 0 -> value;
            case 1 -> 0;
            default -> MAP + high.immediate();
        };
    }

    private long load(int code, long address) {
        ByteBuffer bytes = at(address, 8);
        if ((code & 0x18) != 0x18) {
            throw new AssertionError("a load of another width than ours");
        }
        return bytes.getLong();
    }

    private void store(int code, long address, long value) {
        ByteBuffer bytes = at(address, 8);
        if ((code & 0x18) != 0x18) {
            throw new AssertionError("a store of another width than ours");
        }
        boolean atomicAdd = code == 0xdb;
        bytes.putLong(bytes.position(), atomicAdd ? bytes.getLong(bytes.position()) + value : value);
    }

    private void arithmetic(Instruction now) {
        long right = (now.code() & 8) == 0 ? now.immediate() : registers[now.source()];
        int to = now.destination();
        registers[to] = switch (now.code() & 0xf0) {
            case 0x00 -> registers[to] + right;
            case 0x20 -> registers[to] * right;
            case 0x40 -> registers[to] | right;
            case 0x50 -> registers[to] & right;
            case 0x60 -> registers[to] << right;
            case 0x70 -> registers[to] >>> right;
            case 0xb0 -> right;
            case 0xc0 -> registers[to] >> right;
            default -> throw new AssertionError("no such arithmetic: " + now);
        };
    }

    private boolean jumps(Instruction now) {
        long left = registers[now.destination()];
        long right = (now.code() & 8) == 0 ? now.immediate() : registers[now.source()];
        return switch (now.code() & 0xf0) {
            case 0x00 -> true;
            case 0x10 -> left == right;
            case 0x20 -> Long.compareUnsigned(left, right) > 0;
            case 0x30 -> Long.compareUnsigned(left, right) >= 0;
            case 0x50 -> left != right;
            case 0x60 -> left > right;
            case 0x70 -> left >= right;
            case 0xa0 -> Long.compareUnsigned(left, right) < 0;
            case 0xb0 -> Long.compareUnsigned(left, right) <= 0;
            case 0xc0 -> left < right;
            case 0xd0 -> left <= right;
            default -> throw new AssertionError("no such jump: " + now);
        };
    }

    /** Every call leaves its arguments' registers with something else. */
    private void call(int number) {
        boolean reads = number == BpfFunction.COPY_FROM_USER.number() || number == BpfFunction.PROBE_READ_USER.number();
        registers[0] = reads
                ? readUser()
                : functions.getOrDefault(number, argument -> 0).applyAsLong(registers[1]);
        for (int i = 1; i <= 5; i++) {
            registers[i] = 0xdead_dead_dead_deadL;
        }
    }

    private long readUser() {
        byte[] content = user.get(registers[3]);
        int size = (int) registers[2];
        if (content == null) {
            return FAULT;
        }
        at(registers[1], size).put(content, 0, size);
        return 0;
    }

    private ByteBuffer at(long address, int size) {
        Map.Entry<Long, ByteBuffer> region = regions.floorEntry(address);
        if (region == null
                || address - region.getKey() + size > region.getValue().capacity()) {
            throw new AssertionError("%d bytes at 0x%x are not the program's".formatted(size, address));
        }
        return region.getValue().duplicate().order(ByteOrder.nativeOrder()).position((int) (address - region.getKey()));
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
    }
}
