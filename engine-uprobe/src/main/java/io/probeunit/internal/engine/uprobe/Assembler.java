package io.probeunit.internal.engine.uprobe;

import io.probeunit.internal.plan.Comparison;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts a BPF program together. Labels are resolved by {@link #assemble()}; opcodes are those of
 * {@code Documentation/bpf/standardization/instruction-set.rst}. Not thread-safe.
 */
final class Assembler {

    /** Comparisons of a jump; unsigned ones, except for those that say otherwise. */
    enum Jump {
        EQUAL(0x10, "=="),
        GREATER(0x20, ">"),
        AT_LEAST(0x30, ">="),
        NOT_EQUAL(0x50, "!="),
        SIGNED_GREATER(0x60, "s>"),
        SIGNED_AT_LEAST(0x70, "s>="),
        LESS(0xa0, "<"),
        AT_MOST(0xb0, "<="),
        SIGNED_LESS(0xc0, "s<"),
        SIGNED_AT_MOST(0xd0, "s<=");

        private final int bits;
        private final String symbol;

        Jump(int bits, String symbol) {
            this.bits = bits;
            this.symbol = symbol;
        }

        /** The jump that is taken where a comparison does not hold. */
        static Jump unless(Comparison comparison, boolean signed) {
            return switch (comparison) {
                case EQUAL -> NOT_EQUAL;
                case NOT_EQUAL -> EQUAL;
                case LESS -> signed ? SIGNED_AT_LEAST : AT_LEAST;
                case AT_MOST -> signed ? SIGNED_GREATER : GREATER;
                case GREATER -> signed ? SIGNED_AT_MOST : AT_MOST;
                case AT_LEAST -> signed ? SIGNED_LESS : LESS;
                case FINDS -> throw new IllegalArgumentException("=~ compares text");
            };
        }
    }

    /** Arithmetic on 64 bits. */
    enum Operation {
        ADD(0x00, "+="),
        SUBTRACT(0x10, "-="),
        MULTIPLY(0x20, "*="),
        OR(0x40, "|="),
        AND(0x50, "&="),
        SHIFT_LEFT(0x60, "<<="),
        SHIFT_RIGHT(0x70, ">>="),
        MOVE(0xb0, "="),
        SHIFT_RIGHT_SIGNED(0xc0, "s>>=");

        private final int bits;
        private final String symbol;

        Operation(int bits, String symbol) {
            this.bits = bits;
            this.symbol = symbol;
        }
    }

    private static final int LOAD = 0x61;
    private static final int STORE = 0x63;
    private static final int STORE_IMMEDIATE = 0x62;
    private static final int LOAD_64 = 0x18;
    private static final int ATOMIC_64 = 0xdb;
    private static final int ARITHMETIC_IMMEDIATE = 0x07;
    private static final int ARITHMETIC_REGISTER = 0x0f;
    private static final int JUMP_IMMEDIATE = 0x05;
    private static final int JUMP_REGISTER = 0x0d;
    /** Its way is in the immediate, not in the offset; since Linux 6.6. */
    private static final int LONG_JUMP = 0x06;

    private static final int CALL = 0x85;
    private static final int EXIT = 0x95;
    private static final int MAP_DESCRIPTOR = 1;
    private static final int MAP_VALUE = 2;

    private final List<Instruction> instructions = new ArrayList<>();
    private final Map<Integer, String> jumps = new HashMap<>();
    private final Map<String, Integer> labels = new LinkedHashMap<>();

    Assembler label(String name) {
        if (labels.put(name, instructions.size()) != null) {
            throw new IllegalStateException("the label '%s' is set twice".formatted(name));
        }
        return this;
    }

    Assembler move(Reg to, Reg from) {
        return arithmetic(Operation.MOVE, to, from);
    }

    Assembler move(Reg to, int value) {
        return arithmetic(Operation.MOVE, to, value);
    }

    Assembler arithmetic(Operation operation, Reg to, Reg from) {
        return add(
                ARITHMETIC_REGISTER | operation.bits, to, from, 0, 0, "%s %s %s".formatted(to, operation.symbol, from));
    }

    Assembler arithmetic(Operation operation, Reg to, int value) {
        return add(
                ARITHMETIC_IMMEDIATE | operation.bits,
                to,
                Reg.R0,
                0,
                value,
                "%s %s %d".formatted(to, operation.symbol, value));
    }

    /** A constant of 64 bits; takes two instructions. */
    Assembler constant(Reg to, long value) {
        return wide(to, 0, (int) value, (int) (value >>> Integer.SIZE), "%s = 0x%x".formatted(to, value));
    }

    /** A map, to be given to a function. */
    Assembler map(Reg to, int descriptor) {
        return wide(to, MAP_DESCRIPTOR, descriptor, 0, "%s = map fd %d".formatted(to, descriptor));
    }

    /** The address of the value of an array map with one element. */
    Assembler mapValue(Reg to, int descriptor, int offset) {
        return wide(
                to, MAP_VALUE, descriptor, offset, "%s = value of map fd %d + %d".formatted(to, descriptor, offset));
    }

    Assembler load(Width width, Reg to, Reg from, int offset) {
        return add(
                LOAD & ~0x18 | width.bits(), to, from, offset, 0, "%s = %s[%s%+d]".formatted(to, width, from, offset));
    }

    Assembler store(Width width, Reg to, int offset, Reg from) {
        return add(
                STORE & ~0x18 | width.bits(), to, from, offset, 0, "%s[%s%+d] = %s".formatted(width, to, offset, from));
    }

    Assembler store(Width width, Reg to, int offset, int value) {
        return add(
                STORE_IMMEDIATE & ~0x18 | width.bits(),
                to,
                Reg.R0,
                offset,
                value,
                "%s[%s%+d] = %d".formatted(width, to, offset, value));
    }

    /** Adds atomically to 64 bits in memory. */
    Assembler atomicAdd(Reg to, int offset, Reg from) {
        return add(ATOMIC_64, to, from, offset, 0, "lock DOUBLE[%s%+d] += %s".formatted(to, offset, from));
    }

    Assembler jump(Jump jump, Reg left, Reg right, String label) {
        jumps.put(instructions.size(), label);
        return add(
                JUMP_REGISTER | jump.bits, left, right, 0, 0, "if %s %s %s goto".formatted(left, jump.symbol, right));
    }

    Assembler jump(Jump jump, Reg left, int right, String label) {
        jumps.put(instructions.size(), label);
        return add(
                JUMP_IMMEDIATE | jump.bits,
                left,
                Reg.R0,
                0,
                right,
                "if %s %s %d goto".formatted(left, jump.symbol, right));
    }

    /** Reaches any place; further than 32,767 instructions since Linux 6.6 alone. */
    Assembler jump(String label) {
        jumps.put(instructions.size(), label);
        return add(JUMP_IMMEDIATE, Reg.R0, Reg.R0, 0, 0, "goto");
    }

    Assembler call(BpfFunction function) {
        return add(CALL, Reg.R0, Reg.R0, 0, function.number(), "call " + function);
    }

    Assembler exit() {
        return add(EXIT, Reg.R0, Reg.R0, 0, 0, "exit");
    }

    /** The program with its jumps resolved. */
    List<Instruction> assemble() {
        List<Instruction> done = new ArrayList<>(instructions);
        jumps.forEach((at, label) -> {
            Integer target = labels.get(label);
            if (target == null) {
                throw new IllegalStateException("the label '%s' is not set".formatted(label));
            }
            done.set(at, jump(done.get(at), target - at - 1, label));
        });
        return List.copyOf(done);
    }

    /** The program as text, a line an instruction, numbered as the kernel's verifier numbers them. */
    String listing() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < instructions.size(); i++) {
            int line = i;
            labels.entrySet().stream()
                    .filter(e -> e.getValue() == line)
                    .forEach(e -> text.append(e.getKey()).append(":\n"));
            text.append("%5d: %s%s%n"
                    .formatted(i, instructions.get(i).text(), jumps.containsKey(i) ? " " + jumps.get(i) : ""));
        }
        return text.toString();
    }

    private static Instruction jump(Instruction jump, int distance, String label) {
        if (distance == (short) distance) {
            return jump.withOffset(distance);
        }
        if (jump.code() != JUMP_IMMEDIATE) {
            throw new IllegalStateException(
                    "the jump to '%s' is %d instructions long; 16 bits hold less".formatted(label, distance));
        }
        return new Instruction(LONG_JUMP, 0, 0, 0, distance, jump.text());
    }

    private Assembler wide(Reg to, int kind, int low, int high, String text) {
        instructions.add(new Instruction(LOAD_64, to.ordinal(), kind, 0, low, text));
        instructions.add(new Instruction(0, 0, 0, 0, high, "  (second half)"));
        return this;
    }

    private Assembler add(int code, Reg to, Reg from, int offset, int immediate, String text) {
        if (offset != (short) offset) {
            throw new IllegalStateException("%s: 16 bits do not hold the offset".formatted(text));
        }
        instructions.add(new Instruction(code, to.ordinal(), from.ordinal(), offset, immediate, text));
        return this;
    }
}
