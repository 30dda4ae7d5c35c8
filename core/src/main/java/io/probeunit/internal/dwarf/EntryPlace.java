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
    record Nowhere(String reason) implements EntryPlace {}
}
