package io.probeunit.internal.engine.uprobe;

import java.nio.ByteBuffer;

/**
 * One instruction of 8 bytes; {@code struct bpf_insn}.
 *
 * @param code opcode
 * @param destination register number
 * @param source register number, or a kind of immediate
 * @param offset of a jump in instructions, of a load or store in bytes
 * @param immediate the constant
 * @param text for people
 */
record Instruction(int code, int destination, int source, int offset, int immediate, String text) {

    static final int BYTES = 8;

    void write(ByteBuffer to) {
        to.put((byte) code)
                .put((byte) (source << 4 | destination))
                .putShort((short) offset)
                .putInt(immediate);
    }

    Instruction withOffset(int newOffset) {
        return new Instruction(code, destination, source, newOffset, immediate, text);
    }
}
