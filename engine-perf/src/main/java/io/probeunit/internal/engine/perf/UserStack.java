package io.probeunit.internal.engine.perf;

import io.probeunit.internal.engine.CopiedStack;
import io.probeunit.internal.unwind.Abi;
import io.probeunit.internal.unwind.Registers;
import io.probeunit.internal.unwind.StackMemory;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The part of a sample that has the registers and the stack of the task, where it lies; {@code PERF_SAMPLE_REGS_USER} and {@code
 * PERF_SAMPLE_STACK_USER} of perf_event_open(2).
 *
 * @param buffer that holds the sample, in native byte order
 * @param at where the part begins
 * @param registers bits of the registers that are in it
 */
record UserStack(ByteBuffer buffer, int at, long registers) {

    /** {@code PERF_SAMPLE_REGS_ABI_64}. */
    private static final long SIXTY_FOUR_BITS = 2;

    /** Copies it, since the buffer is used again; empty if the kernel has left something out. */
    Optional<CopiedStack> copy(SampledRegisters machine) {
        if (buffer.getLong(at) != SIXTY_FOUR_BITS || !machine.areIn(registers)) {
            return Optional.empty();
        }
        int first = at + Long.BYTES;
        long[] values = machine.places(registers)
                .mapToLong(place -> buffer.getLong(first + place * Long.BYTES))
                .toArray();
        int memory = first + (Long.bitCount(registers) + 1) * Long.BYTES;
        int room = (int) buffer.getLong(memory - Long.BYTES);
        if (room == 0) {
            return Optional.empty();
        }
        byte[] bytes = new byte[(int) buffer.getLong(memory + room)];
        buffer.get(memory, bytes);
        Abi abi = machine.abi();
        return Optional.of(new CopiedStack(Registers.of(values), new StackMemory(values[abi.stackPointer()], bytes)));
    }
}
