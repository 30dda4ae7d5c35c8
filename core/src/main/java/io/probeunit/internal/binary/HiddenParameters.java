package io.probeunit.internal.binary;

import io.probeunit.internal.binary.FunctionBody.Placed;
import io.probeunit.internal.binary.Instruction.Kind;
import io.probeunit.internal.host.FileContent;
import java.util.List;
import java.util.Optional;

/**
 * What the first instructions of a function of x86-64 tell of parameters that no register for integers shows: it reads a
 * register for floating-point numbers that nothing wrote, leaves one to a function with variable arguments, or reads what its
 * caller put onto the stack though registers for integers are left (a structure by value, a {@code long double}).
 */
final class HiddenParameters {

    private static final int MOST = 64;
    private static final int FLOATING_ARGUMENTS = 8;
    private static final int LAST_REGISTER = 6;
    private static final int WORD = 8;
    private static final int SUBTRACT = 5;
    private static final int LOST = 1 << 30;

    private final FileContent code;
    private int written;
    private int passed;
    private int depth;
    private boolean framed;
    private boolean readsFloat;
    private boolean readsStack;

    private HiddenParameters(FileContent code) {
        this.code = code;
    }

    /** Why the numbers of arguments may be shifted; empty if nothing says so. */
    static Optional<String> of(FileContent code, FunctionBody body, ArgumentUse use) {
        HiddenParameters found = new HiddenParameters(code);
        found.look(body);
        if (found.readsFloat) {
            return Optional.of(
                    "its code takes a floating-point number, and the code does not show which of the parameters that is; capture nothing there, or count its calls without conditions");
        }
        return found.readsStack && !use.reads(LAST_REGISTER)
                ? Optional.of(
                        "its code takes a structure by value or a long double from the stack, and the code does not show which of the parameters that is; count its calls without conditions")
                : Optional.empty();
    }

    private void look(FunctionBody body) {
        List<Placed> first = body.instructions()
                .subList(0, Math.min(MOST, body.instructions().size()));
        boolean early = true;
        int next = body.start();
        for (Placed placed : first) {
            Instruction instruction = placed.instruction();
            if (placed.at() != next) {
                return;
            }
            if (early) {
                passes(instruction, placed, body);
            }
            if (isEnd(instruction)) {
                return;
            }
            X86Access access = X86Access.of(code, placed.at(), instruction);
            if (early) {
                early = instruction.flow() != Instruction.Flow.CALL && !asks(instruction);
                vector(instruction, access);
            }
            stack(placed, access);
            next = placed.next();
        }
    }

    private static boolean isEnd(Instruction i) {
        return i.flow() == Instruction.Flow.JUMP
                || i.kind() == Kind.ONE_BYTE && (i.opcode() == 0xc3 || i.opcode() == 0xc2)
                || i.kind() == Kind.EVEX;
    }

    /** A function with variable arguments looks whether there are such numbers. */
    private static boolean asks(Instruction i) {
        return i.kind() == Kind.ONE_BYTE && i.opcode() == 0x84 && i.form() == 0xc0;
    }

    /** {@code mov $1,%eax} before a call says how many registers for floating-point numbers it passes. */
    private void passes(Instruction i, Placed placed, FunctionBody body) {
        boolean called = i.flow() == Instruction.Flow.CALL || i.jumps() && body.leaves(placed);
        if (i.kind() == Kind.ONE_BYTE && i.opcode() == 0xb8 && !i.has(Instruction.REX)) {
            passed = code.getInt(placed.next() - 4);
        } else if (called && passed > 0 && passed <= FLOATING_ARGUMENTS) {
            for (int register = 0; register < passed; register++) {
                read(register);
            }
        }
    }

    private void vector(Instruction i, X86Access access) {
        if (i.kind() != Kind.TWO_BYTES && i.kind() != Kind.VEX) {
            return;
        }
        int register = access.register();
        int other = access.other();
        int one = i.kind() == Kind.VEX ? access.second() : register;
        switch (i.opcode()) {
            // to an integer
            case 0x2c, 0x2d -> read(other, i.kind() == Kind.VEX || i.has(Instruction.REPEAT));
            // loads and conversions
            case 0x10, 0x28, 0x12, 0x16, 0x5a, 0x5b, 0x51 -> {
                read(other);
                write(register);
            }
            // stores
            case 0x11, 0x29, 0x13, 0x17, 0xd6 -> {
                read(register);
                write(other);
            }
            case 0x2e, 0x2f -> {
                read(register);
                read(other);
            }
            case 0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5c, 0x5d, 0x5e, 0x5f, 0x14 -> {
                boolean clears = i.opcode() == 0x57 && one == other;
                read(one, !clears);
                read(other, !clears);
                write(register);
            }
            default -> {
                // VEX's multiply and add have three sources
                boolean fused = i.kind() == Kind.VEX && i.opcode() >= 0x90 && i.opcode() < 0xc0;
                read(register, fused);
                read(one, fused);
                read(other, fused);
                write(register);
            }
        }
    }

    private void read(int register) {
        read(register, true);
    }

    private void read(int register, boolean really) {
        readsFloat |= really && isArgument(register) && (written >> register & 1) == 0;
    }

    private void write(int register) {
        written |= isArgument(register) ? 1 << register : 0;
    }

    private static boolean isArgument(int register) {
        return register >= 0 && register < FLOATING_ARGUMENTS;
    }

    /** What lies above the return address is the caller's. */
    private void stack(Placed placed, X86Access access) {
        Instruction i = placed.instruction();
        boolean oneByte = i.kind() == Kind.ONE_BYTE;
        boolean loads = !oneByte || i.opcode() != 0x8d && i.opcode() != 0x89;
        readsStack |= loads
                && (access.base() == X86Access.RSP && access.displacement() >= depth + WORD
                        || access.base() == X86Access.RBP && framed && access.displacement() >= 2 * WORD);
        if (oneByte && (i.opcode() & 0xf8) == 0x50) {
            depth += WORD;
        } else if (oneByte && i.opcode() == 0x89 && access.other() == X86Access.RBP) {
            framed |= access.register() == X86Access.RSP && depth == WORD;
        } else if (oneByte && i.opcode() == 0x83 && access.other() == X86Access.RSP) {
            depth += access.register() == SUBTRACT ? code.get(placed.next() - 1) : LOST;
        } else if (oneByte && i.opcode() == 0x81 && access.other() == X86Access.RSP) {
            depth += access.register() == SUBTRACT ? code.getInt(placed.next() - 4) : LOST;
        }
    }
}
