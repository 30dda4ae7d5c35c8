package io.probeunit.internal.binary;

import java.util.OptionalInt;

/**
 * One machine instruction, as far as a probe depends on it.
 *
 * @param length in bytes, at least 1
 * @param kind how it is encoded
 * @param opcode its last opcode byte on x86-64, the whole word on arm64
 * @param prefixes bits of {@code Instruction.LOCK} and its like; none on arm64
 * @param form the byte behind the opcode that tells instructions of one opcode apart (ModRM); 0 if there is none
 * @param flow what runs afterwards, as far as the instruction names its place
 * @param target where a jump or call goes, in bytes from where the instruction begins; empty where there is none
 */
record Instruction(int length, Kind kind, int opcode, int prefixes, int form, Flow flow, OptionalInt target) {

    static final int LOCK = 1;
    /** Of CS, DS, ES or SS: without a meaning in 64-bit mode, but as hints. */
    static final int IDLE_SEGMENT = 1 << 1;

    static final int OPERAND_SIZE = 1 << 2;
    static final int REPEAT = 1 << 3;
    /** Selects another register or a wider operand. */
    static final int REX = 1 << 4;

    private static final int NOP = 0x90;
    private static final int LONG_NOP = 0x1f;
    private static final int ARM_NOP = 0xd503201f;

    /** How an instruction is encoded. */
    enum Kind {
        ONE_BYTE,
        /** Behind 0F. */
        TWO_BYTES,
        /** Behind 0F 38 or 0F 3A. */
        THREE_BYTES,
        VEX,
        EVEX,
        XOP,
        ARM
    }

    /** What runs afterwards. Jumps and calls to a place that a register or memory holds are not told apart from others. */
    enum Flow {
        NEXT,
        JUMP,
        /** A jump on a condition. */
        BRANCH,
        CALL
    }

    boolean jumps() {
        return flow == Flow.JUMP || flow == Flow.BRANCH;
    }

    /** Says whether it calls or jumps to a place that a register or memory holds: {@code ff /2} to {@code /5}; br, blr. */
    boolean leadsToValue() {
        int operation = form >> 3 & 7;
        return kind == Kind.ARM
                ? (opcode & 0xffdffc1f) == 0xd61f0000
                : kind == Kind.ONE_BYTE && opcode == 0xff && operation >= 2 && operation <= 5;
    }

    boolean has(int prefix) {
        return (prefixes & prefix) != 0;
    }

    /** Says whether it does nothing, in any of the forms that compilers and assemblers use. */
    boolean isNop() {
        return switch (kind) {
            case ONE_BYTE -> opcode == NOP && !has(REPEAT | REX | LOCK);
            case TWO_BYTES -> opcode == LONG_NOP && !has(REPEAT | LOCK);
            case ARM -> opcode == ARM_NOP;
            default -> false;
        };
    }
}
