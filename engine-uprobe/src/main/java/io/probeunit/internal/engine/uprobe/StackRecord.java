package io.probeunit.internal.engine.uprobe;

import io.probeunit.internal.engine.CopiedStack;
import io.probeunit.internal.unwind.Registers;
import io.probeunit.internal.unwind.StackMemory;
import java.nio.ByteBuffer;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** The form of a stack's record in the ring buffer: task and cookie where each record has them, then registers, then memory. */
final class StackRecord {

    /** What stands for the cookie. */
    static final long COOKIE = -1;

    /** Set in the cookie of a firing's record that follows; above the bits of the point, below those of the layout. */
    static final int FOLLOWS = 1 << 30;

    /** Bytes that are read at once; the smallest page, and what each page is a multiple of. */
    static final int PIECE = 4096;

    /** At least 16 KiB, since the stack pointer may be anywhere in the first. */
    static final int MOST_PIECES = 5;

    /** The number of the process on the host; 0 if it has none there. */
    static final int HOST_PID = 16;

    /** How many pieces were read. */
    static final int PIECES = 40;

    private static final int FIRST_REGISTER = 48;

    private StackRecord() {}

    static int register(int dwarfNumber) {
        return FIRST_REGISTER + dwarfNumber * Long.BYTES;
    }

    /** Where the memory begins. */
    static int memory(PtRegs registers) {
        return register(registers.abi().registers());
    }

    static int bytes(PtRegs registers) {
        return memory(registers) + MOST_PIECES * PIECE;
    }

    static boolean isAt(ByteBuffer data, int at) {
        return data.getLong(at + Layout.COOKIE) == COOKIE;
    }

    /** The number of the process on the host. */
    static OptionalInt process(ByteBuffer data, int at) {
        int process = (int) data.getLong(at + HOST_PID);
        return process == 0 ? OptionalInt.empty() : OptionalInt.of(process);
    }

    static int tid(ByteBuffer data, int at) {
        return (int) data.getLong(at + Layout.TASK);
    }

    /** Copies it, since the buffer is used again. */
    static CopiedStack copy(ByteBuffer data, int at, PtRegs machine) {
        int stackPointer = machine.abi().stackPointer();
        long[] registers = IntStream.range(0, machine.abi().registers())
                .mapToLong(number -> data.getLong(at + register(number)))
                .toArray();
        int before = (int) (registers[stackPointer] & PIECE - 1);
        int pieces = (int) data.getLong(at + PIECES);
        byte[] memory = new byte[Math.max(0, pieces * PIECE - before)];
        data.get(at + memory(machine) + before, memory);
        return new CopiedStack(Registers.of(registers), new StackMemory(registers[stackPointer], memory));
    }
}
