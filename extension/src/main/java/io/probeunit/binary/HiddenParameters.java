package io.probeunit.binary;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What the first instructions of a function of x86-64 tell of parameters that no register for integers shows: it reads a
 * register for floating-point numbers that nothing wrote, or fills a structure behind its first pointer, which it returns.
 */
final class HiddenParameters {

    private static final int MOST = 64;
    private static final int LOW_REGISTERS = 8;
    private static final int LARGE = 16;

    private final ByteBuffer code;
    private final InstructionSet set;
    private int written;
    private boolean readsFloat;
    private boolean returnsFirst;
    private boolean storesBegin;
    private boolean storesBeyond;

    private HiddenParameters(ByteBuffer code, InstructionSet set) {
        this.code = code;
        this.set = set;
    }

    /** Why the numbers of arguments may be shifted; empty if nothing says so. */
    static Optional<String> of(ByteBuffer code, InstructionSet set, int start, int end) {
        HiddenParameters found = new HiddenParameters(code, set);
        found.look(start, end);
        if (found.readsFloat) {
            return Optional.of(
                    "its code takes a floating-point number, and nothing tells which of the parameters that is; capture nothing there, or count its calls without conditions");
        }
        return found.returnsFirst && found.storesBegin && found.storesBeyond
                ? Optional.of(
                        "its code fills a structure behind its first pointer and returns that: if it is a structure that the source returns by value, the numbers of the arguments are one higher; count its calls without conditions")
                : Optional.empty();
    }

    private void look(int start, int end) {
        int at = start;
        for (int i = 0; i < MOST; i++) {
            Optional<Instruction> read = set.read(code, at, end);
            if (read.isEmpty() || stops(read.get())) {
                return;
            }
            Instruction instruction = read.get();
            if (instruction.kind() == Instruction.Kind.TWO_BYTES) {
                vector(instruction);
            }
            structure(instruction, at + instruction.length());
            at += instruction.length();
        }
    }

    /** At the end of what surely runs, and where a function with variable arguments looks whether there are such numbers. */
    private static boolean stops(Instruction i) {
        boolean returns = i.kind() == Instruction.Kind.ONE_BYTE && (i.opcode() == 0xc3 || i.opcode() == 0xc2);
        boolean asks = i.kind() == Instruction.Kind.ONE_BYTE && i.opcode() == 0x84 && i.form() == 0xc0;
        return returns
                || asks
                || i.flow() == Instruction.Flow.JUMP
                || i.flow() == Instruction.Flow.CALL
                || i.kind() == Instruction.Kind.VEX
                || i.kind() == Instruction.Kind.EVEX;
    }

    private void vector(Instruction i) {
        int register = i.form() >> 3 & 7;
        int other = i.form() & 7;
        boolean both = i.form() >> 6 == 3;
        boolean plain = !i.has(Instruction.REX);
        switch (i.opcode()) {
            // to an integer
            case 0x2c, 0x2d -> read(other, both && i.has(Instruction.REPEAT));
            // loads and conversions
            case 0x10, 0x28, 0x12, 0x16, 0x5a, 0x5b, 0x51 -> {
                read(other, both && plain);
                write(register);
            }
            // stores
            case 0x11, 0x29, 0x13, 0x17, 0xd6 -> {
                read(register, plain);
                if (both) {
                    write(other);
                }
            }
            case 0x2e, 0x2f -> {
                read(register, plain);
                read(other, both && plain);
            }
            case 0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5c, 0x5d, 0x5e, 0x5f, 0x14 -> {
                boolean clears = i.opcode() == 0x57 && both && register == other;
                read(register, plain && !clears);
                read(other, both && plain && !clears);
                write(register);
            }
            default -> write(register);
        }
    }

    private void read(int register, boolean really) {
        readsFloat |= really && register < LOW_REGISTERS && (written >> register & 1) == 0;
    }

    private void write(int register) {
        written |= 1 << register;
    }

    /** {@code mov %rdi,%rax}, and stores to {@code (%rdi)} and to 16 bytes behind it or more. */
    private void structure(Instruction i, int next) {
        boolean oneByte = i.kind() == Instruction.Kind.ONE_BYTE;
        returnsFirst |= oneByte && i.opcode() == 0x89 && i.form() == 0xf8 && i.has(Instruction.REX);
        boolean stores = oneByte && i.opcode() == 0x89
                || i.kind() == Instruction.Kind.TWO_BYTES && (i.opcode() == 0x11 || i.opcode() == 0x29);
        if (stores && (i.form() & 7) == 7) {
            int mode = i.form() >> 6;
            int displacement = mode == 1 ? code.get(next - 1) : 0;
            storesBegin |= mode == 0;
            storesBeyond |= mode == 1 && displacement >= LARGE;
        }
    }
}
