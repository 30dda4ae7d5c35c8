package io.probeunit.internal.engine.uprobe;

/** Sizes of a load or store, with the bits that stand for them in an opcode. */
enum Width {
    BYTE(0x10, 1),
    HALF(0x08, 2),
    WORD(0x00, 4),
    DOUBLE(0x18, 8);

    private final int bits;
    private final int bytes;

    Width(int bits, int bytes) {
        this.bits = bits;
        this.bytes = bytes;
    }

    int bits() {
        return bits;
    }

    int bytes() {
        return bytes;
    }
}
