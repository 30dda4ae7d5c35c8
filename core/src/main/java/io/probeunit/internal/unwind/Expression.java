package io.probeunit.internal.unwind;

import java.util.ArrayList;
import java.util.List;

/** Evaluates the expressions of a table; DWARF 5, section 2.5. Not thread-safe. */
final class Expression {

    /** Tables have some ten; a loop could have no end. */
    private static final int MOST_STEPS = 1_000;

    private final Registers registers;
    private final StackMemory memory;
    private final List<Long> stack = new ArrayList<>();

    private Expression(Registers registers, StackMemory memory) {
        this.registers = registers;
        this.memory = memory;
    }

    static long value(Rule.Block block, ElfImage file, Registers registers, StackMemory memory, long... first) {
        Expression expression = new Expression(registers, memory);
        for (long value : first) {
            expression.push(value);
        }
        Cursor cursor = file.cursor(block.from());
        for (int steps = 0; cursor.at() < block.to(); steps++) {
            if (steps == MOST_STEPS) {
                throw NotUnwoundException.strangeTable();
            }
            expression.step(cursor);
        }
        return expression.pop();
    }

    private void step(Cursor cursor) {
        int code = cursor.u8();
        if (code >= 0x30 && code <= 0x4f) {
            push(code - 0x30);
        } else if (code >= 0x70 && code <= 0x8f) {
            push(registers.get(code - 0x70) + cursor.signed());
        } else if (code >= 0x08 && code <= 0x11) {
            push(constant(code, cursor));
        } else if (code >= 0x12 && code <= 0x17) {
            rearrange(code, cursor);
        } else if (code >= 0x1b && code <= 0x2e && code != 0x23 && code != 0x28 && code != 0x1f && code != 0x20) {
            long right = pop();
            push(combined(code, pop(), right));
        } else {
            other(code, cursor);
        }
    }

    private static long constant(int code, Cursor cursor) {
        return switch (code) {
            case 0x08 -> cursor.u8();
            case 0x09 -> (byte) cursor.u8();
            case 0x0a -> cursor.u16();
            case 0x0b -> (short) cursor.u16();
            case 0x0c -> cursor.u32();
            case 0x0d -> cursor.s32();
            case 0x0e, 0x0f -> cursor.u64();
            case 0x10 -> cursor.unsigned();
            default -> cursor.signed();
        };
    }

    private void rearrange(int code, Cursor cursor) {
        switch (code) {
            case 0x12 -> push(peek(0));
            case 0x13 -> pop();
            case 0x14 -> push(peek(1));
            case 0x15 -> push(peek(cursor.u8()));
            // swap, and rotate: the top goes below one other, or below two
            case 0x16 -> below(1);
            default -> below(2);
        }
    }

    private void below(int others) {
        peek(others);
        long top = pop();
        stack.add(stack.size() - others, top);
    }

    private static long combined(int code, long left, long right) {
        return switch (code) {
            case 0x1b -> right == 0 ? 0 : left / right;
            case 0x1c -> left - right;
            case 0x1d -> right == 0 ? 0 : Long.remainderUnsigned(left, right);
            case 0x1e -> left * right;
            case 0x21 -> left | right;
            case 0x22 -> left + right;
            case 0x24 -> left << right;
            case 0x25 -> left >>> right;
            case 0x26 -> left >> right;
            case 0x27 -> left ^ right;
            case 0x29 -> left == right ? 1 : 0;
            case 0x2a -> left >= right ? 1 : 0;
            case 0x2b -> left > right ? 1 : 0;
            case 0x2c -> left <= right ? 1 : 0;
            case 0x2d -> left < right ? 1 : 0;
            case 0x2e -> left != right ? 1 : 0;
            default -> throw NotUnwoundException.strangeTable();
        };
    }

    private void other(int code, Cursor cursor) {
        switch (code) {
            case 0x03 -> push(cursor.u64());
            case 0x06 -> push(memory.longAt(pop()));
            case 0x19 -> push(Math.abs(pop()));
            case 0x1a -> push(pop() & pop());
            case 0x1f -> push(-pop());
            case 0x20 -> push(~pop());
            case 0x23 -> push(pop() + cursor.unsigned());
            case 0x28 -> {
                int distance = (short) cursor.u16();
                if (pop() != 0) {
                    cursor.skipTo(cursor.at() + distance);
                }
            }
            case 0x2f -> {
                int distance = (short) cursor.u16();
                cursor.skipTo(cursor.at() + distance);
            }
            case 0x92 -> push(registers.get((int) cursor.unsigned()) + cursor.signed());
            case 0x94 -> push(memory.at(pop(), cursor.u8()));
            case 0x96 -> {
                // does nothing
            }
            default -> throw NotUnwoundException.strangeTable();
        }
    }

    private void push(long value) {
        stack.add(value);
    }

    private long pop() {
        if (stack.isEmpty()) {
            throw NotUnwoundException.strangeTable();
        }
        return stack.remove(stack.size() - 1);
    }

    private long peek(int below) {
        if (below >= stack.size()) {
            throw NotUnwoundException.strangeTable();
        }
        return stack.get(stack.size() - 1 - below);
    }
}
