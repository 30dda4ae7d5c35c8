package io.probeunit.internal.engine.perf;

import io.probeunit.internal.unwind.Abi;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The numbers that samples have for registers, in the order of {@link Abi}. */
enum SampledRegisters {
    /** {@code arch/x86/include/uapi/asm/perf_regs.h}. */
    X86(Abi.X86_64, LongStream.of(0, 3, 2, 1, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23, 8)),
    /** {@code arch/arm64/include/uapi/asm/perf_regs.h}. */
    ARM64(Abi.AARCH64, LongStream.rangeClosed(0, 32));

    private final Abi abi;
    private final long[] numbers;

    SampledRegisters(Abi abi, LongStream numbers) {
        this.abi = abi;
        this.numbers = numbers.toArray();
    }

    /**
     * Finds those of a machine.
     *
     * @param machine as {@code uname -m} prints it
     */
    static SampledRegisters of(String machine) {
        return machine.equals("aarch64") ? ARM64 : X86;
    }

    Abi abi() {
        return abi;
    }

    /** Whether all that are needed are among those of a sample. */
    boolean areIn(long sampled) {
        return LongStream.of(numbers).allMatch(number -> (sampled >>> number & 1) != 0);
    }

    /** Where each is among those of a sample, which are in the order of their numbers. */
    IntStream places(long sampled) {
        return LongStream.of(numbers).mapToInt(number -> Long.bitCount(sampled & (1L << number) - 1));
    }
}
