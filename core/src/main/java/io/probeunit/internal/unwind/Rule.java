package io.probeunit.internal.unwind;

/** Where the caller's value of a register is; DWARF 5, section 6.4.1. */
sealed interface Rule {

    /** It is lost. */
    record Undefined() implements Rule {}

    /** It is still in the register. */
    record Same() implements Rule {}

    /** In memory, so many bytes from the canonical frame address. */
    record AtOffset(long bytes) implements Rule {}

    /** It is the canonical frame address and so many bytes. */
    record IsOffset(long bytes) implements Rule {}

    /** In another register. */
    record InRegister(int register) implements Rule {}

    /** In memory, at the address that an expression gives. */
    record AtExpression(Block block) implements Rule {}

    /** It is what an expression gives. */
    record IsExpression(Block block) implements Rule {}

    /** The places of an expression's operations in the file. */
    record Block(int from, int to) {}
}
