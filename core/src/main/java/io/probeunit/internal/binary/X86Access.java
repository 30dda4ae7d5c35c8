package io.probeunit.internal.binary;

import io.probeunit.internal.host.FileContent;

/**
 * Which of the sixteen registers for integers one instruction of x86-64 reads and writes, and where in memory. Opcodes as in
 * {@link X86Instructions}; of those that are not known, everything is read.
 *
 * @param reads bits of registers, that of {@code %rax} first
 * @param writes bits of registers that hold nothing of what they held
 * @param wide whether operands have 64 bits
 * @param register the one that ModRM names beside the operand that may be memory; of whichever kind
 * @param other that operand, if it is a register; else {@link #NONE}
 * @param second the register that VEX names besides; else {@link #NONE}
 * @param base of the address, if that operand is in memory; else {@link #NONE}
 * @param displacement of the address
 */
record X86Access(int reads, int writes, boolean wide, int register, int other, int second, int base, int displacement) {

    static final int NONE = -1;
    static final int RAX = 0;
    static final int RCX = 1;
    static final int RDX = 2;
    static final int RSP = 4;
    static final int RBP = 5;
    static final int RSI = 6;
    static final int RDI = 7;

    private static final int EVERY = 0xffff;
    private static final X86Access UNKNOWN = new X86Access(EVERY, 0, false, NONE, NONE, NONE, NONE, 0);

    /**
     * What is done with registers:
     *
     * <pre>
     * a  operand and register into the operand    k  both are read       s  register into operand     S  a byte of it
     * A  both into the register                   i  %rax into itself    l  operand into register     b  a byte of it
     * L  address into register    m  operand is written    M  a byte of it    w  register of the opcode is written
     * r  that is read    p  that is written    q  both    u  operand into itself    U  by %cl    x  exchanged
     * g  as u, or read alone, by ModRM    f  multiplies and divides too    F  also calls and jumps
     * h  %rax into itself    d  %rax into %rdx    I  %rax is read
     * t  an address alone    v  operand is read, another kind of register written    V  the reverse    e  register is written
     * n  nothing    -  anything
     * </pre>
     */
    private static final String ONE_BYTE = "aaAAii--aaAAii--" // 00
            + "aaAAii--aaAAii--" // 10
            + "aaAAii--aaAAii--" // 20
            + "aaAAii--kkkkII--" // 30
            + "----------------" // 40
            + "rrrrrrrrpppppppp" // 50
            + "---l----nlnl----" // 60
            + "nnnnnnnnnnnnnnnn" // 70
            + "gg-gkkxxSsbl-L--" // 80
            + "n-------hd-nnn--" // 90
            + "--------II------" // a0
            + "nnnnnnnnwwwwwwww" // b0
            + "uunn--Mm-n--n---" // c0
            + "uuUU----tttttttt" // d0
            + "--------nn-n----" // e0
            + "------ffnn--nnFF"; // f0

    private static final String TWO_BYTES = "-----------n-t--" // 00
            + "tttttttttnnnnnnn" // 10
            + "--------ttvteett" // 20
            + "----------------" // 30
            + "AAAAAAAAAAAAAAAA" // 40
            + "ettttttttttttttt" // 50
            + "ttttttttttttttvt" // 60
            + "tttttttn----ttVt" // 70
            + "nnnnnnnnnnnnnnnn" // 80
            + "MMMMMMMMMMMMMMMM" // 90
            + "nn-ka---nn-aa-tA" // a0
            + "---a--lll-uallll" // b0
            + "--tsvet-qqqqqqqq" // c0
            + "tttttttetttttttt" // d0
            + "tttttttttttttttt" // e0
            + "ttttttt-tttttttt"; // f0

    /** Reads it where it stands. */
    static X86Access of(FileContent code, int at, Instruction instruction) {
        Reading reading = new Reading(code, at, instruction);
        return switch (instruction.kind()) {
            case ONE_BYTE -> reading.access(ONE_BYTE.charAt(instruction.opcode()), 1);
            case TWO_BYTES -> reading.access(TWO_BYTES.charAt(instruction.opcode()), 2);
            case VEX -> reading.vex();
            case THREE_BYTES, EVEX, XOP, ARM -> UNKNOWN;
        };
    }

    boolean isUnknown() {
        return reads == EVERY;
    }

    boolean writes(int which) {
        return (writes >> which & 1) != 0;
    }

    private static final class Reading {
        private static final int WIDE = 8;

        private final FileContent code;
        private final Instruction instruction;
        private int at;
        private int rex;
        private boolean bytes;

        private int register = NONE;
        private int other = NONE;
        private int second = NONE;
        private int base = NONE;
        private int displacement;
        private int address;

        Reading(FileContent code, int at, Instruction instruction) {
            this.code = code;
            this.at = at;
            this.instruction = instruction;
        }

        X86Access vex() {
            int payload = code.get(at + 1) & 0xff;
            boolean three = (code.get(at) & 0xff) == 0xc4;
            int map = three ? payload & 0x1f : 1;
            rex = (payload >> 7 ^ 1) << 2;
            if (three) {
                rex |= (payload >> 6 & 1 ^ 1) << 1 | payload >> 5 & 1 ^ 1;
                payload = code.get(at + 2) & 0xff;
                rex |= payload >> 4 & WIDE;
            }
            second = payload >> 3 & 15 ^ 15;
            at += three ? 3 : 2;
            // of the second map these multiply and add
            boolean fused = map == 2 && instruction.opcode() >= 0x90 && instruction.opcode() < 0xc0;
            return map == 1 ? use(TWO_BYTES.charAt(instruction.opcode()), 1) : fused ? use('t', 1) : UNKNOWN;
        }

        X86Access access(char use, int opcodes) {
            while (isPrefix(code.get(at) & 0xff)) {
                int prefix = code.get(at) & 0xff;
                rex = (prefix & 0xf0) == 0x40 ? prefix : 0;
                at++;
            }
            bytes = opcodes == 1 && (instruction.opcode() & 1) == 0;
            return use(use, opcodes);
        }

        private static boolean isPrefix(int value) {
            return switch (value) {
                case 0x26, 0x2e, 0x36, 0x3e, 0x64, 0x65, 0x66, 0x67, 0xf0, 0xf2, 0xf3 -> true;
                default -> (value & 0xf0) == 0x40;
            };
        }

        private X86Access use(char use, int opcodes) {
            at += opcodes;
            int coded = 1 << (instruction.opcode() & 7 | (rex & 1) << 3);
            switch (use) {
                case 'n', '-', 'r', 'p', 'q', 'w', 'i', 'I', 'h', 'd' -> {}
                default -> modrm();
            }
            boolean clears = register == other && isClearing();
            return switch (use) {
                case 'n' -> done(0, 0);
                case 'r' -> done(coded, 0);
                case 'p', 'w' -> done(0, coded);
                case 'q' -> done(coded, coded);
                case 'i', 'h' -> done(1 << RAX, 1 << RAX);
                case 'I' -> done(1 << RAX, 0);
                case 'd' -> done(1 << RAX, 1 << RDX);
                case 'a' -> done(clears ? 0 : bit(register) | bit(other), bit(other));
                case 'A' -> done(clears ? 0 : bit(register) | bit(other), bit(register));
                case 'k', 'x' -> done(bit(register) | bit(other), 0);
                case 's' -> done(bit(register), bit(other));
                case 'S' -> done(bit(register), 0);
                case 'l' -> done(bit(other), bit(register));
                case 'b', 'v' -> done(bit(other), 0);
                case 'L', 'e' -> done(0, bit(register));
                case 'm' -> done(0, bit(other));
                case 'M', 't' -> done(0, 0);
                case 'u' -> done(bit(other), bit(other));
                case 'U' -> done(bit(other) | 1 << RCX, bit(other));
                case 'g' -> done(bit(other), (register & 7) == 7 ? 0 : bit(other));
                case 'f' ->
                    (register & 7) < 4
                            ? done(bit(other), 0)
                            : done(bit(other) | 1 << RAX | 1 << RDX, 1 << RAX | 1 << RDX);
                case 'F' -> done(bit(other), 0);
                case 'V' -> instruction.has(Instruction.REPEAT) ? done(0, 0) : done(0, bit(other));
                default -> UNKNOWN;
            };
        }

        /** XOR, SUB and SBB of a register with itself. */
        private boolean isClearing() {
            int opcode = instruction.opcode() & 0xfc;
            return instruction.kind() == Instruction.Kind.ONE_BYTE
                    && (opcode == 0x30 || opcode == 0x28 || opcode == 0x18);
        }

        private X86Access done(int reads, int writes) {
            boolean wide = (rex & WIDE) != 0;
            boolean part = bytes || !wide && instruction.has(Instruction.OPERAND_SIZE);
            return new X86Access(reads | address, part ? 0 : writes, wide, register, other, second, base, displacement);
        }

        /** Without REX the bytes of 4 to 7 are the second ones of 0 to 3. */
        private int bit(int which) {
            return which == NONE ? 0 : bytes && rex == 0 && which > 3 ? 1 << which | 1 << which - 4 : 1 << which;
        }

        private void modrm() {
            int form = code.get(at++) & 0xff;
            register = form >> 3 & 7 | (rex & 4) << 1;
            int low = form & 7;
            if (form >> 6 == 3) {
                other = low | (rex & 1) << 3;
                return;
            }
            boolean none = form >> 6 == 0 && low == 5;
            if (low == 4) {
                int sib = code.get(at++) & 0xff;
                int index = sib >> 3 & 7 | (rex & 2) << 2;
                address |= index == RSP ? 0 : 1 << index;
                low = sib & 7;
                none = form >> 6 == 0 && low == 5;
            }
            if (!none) {
                base = low | (rex & 1) << 3;
                address |= 1 << base;
            }
            displacement = switch (form >> 6) {
                case 1 -> code.get(at);
                case 2 -> code.getInt(at);
                default -> 0;
            };
        }
    }
}
