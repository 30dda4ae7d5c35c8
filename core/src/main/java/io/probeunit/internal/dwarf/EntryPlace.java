package io.probeunit.internal.dwarf;

/**
 * Where a parameter is at the first instruction of its function. Registers have their numbers of DWARF. Immutable and
 * thread-safe.
 */
public sealed interface EntryPlace {

    /**
     * In a register.
     *
     * @param number of the register
     */
    record Register(int number) implements EntryPlace {}

    /**
     * In memory.
     *
     * @param base the register that has an address
     * @param offset from it, in bytes
     */
    record Memory(int base, long offset) implements EntryPlace {}

    /**
     * Always the same.
     *
     * @param value 64 bits, of which the type uses some
     */
    record Constant(long value) implements EntryPlace {}

    /**
     * It cannot be read there.
     *
     * @param reason a part of a sentence, such as "the compiler optimised it away"
     */
    record Nowhere(String reason) implements EntryPlace {

        /** It is somewhere, and neither the debug information nor the convention of calls shows where. */
        public static final Nowhere LATER = new Nowhere(
                "the debug information says where it is only from a later instruction on, and the calling convention does not show it here");
    }
}
