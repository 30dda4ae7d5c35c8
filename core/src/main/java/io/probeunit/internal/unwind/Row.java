package io.probeunit.internal.unwind;

import java.util.Map;

/**
 * How the registers of the caller are found at one instruction.
 *
 * @param frameAddress the canonical frame address: {@link Rule.IsOffset} of a register, or an expression
 * @param rules of the registers that have one, by DWARF number
 */
record Row(FrameAddress frameAddress, Map<Integer, Rule> rules) {

    Row {
        rules = Map.copyOf(rules);
    }

    /** The address that the rules of a frame are relative to: the caller's stack pointer. */
    sealed interface FrameAddress {

        /** A register and so many bytes. */
        record FromRegister(int register, long bytes) implements FrameAddress {}

        /** What an expression gives. */
        record FromExpression(Rule.Block block) implements FrameAddress {}
    }
}
