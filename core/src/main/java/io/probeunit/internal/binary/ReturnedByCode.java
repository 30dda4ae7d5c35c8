package io.probeunit.internal.binary;

import io.probeunit.internal.binary.FunctionBody.Placed;
import io.probeunit.internal.binary.Instruction.Kind;
import io.probeunit.internal.host.FileContent;
import java.util.HashSet;
import java.util.Set;

/**
 * What a function of x86-64 returns, as far as its code shows: the pointer that it got first, behind which it has stored
 * something (a structure that the source returns by value is made so: System V psABI 3.2.3), or a floating-point number. The
 * instructions are looked at in the order in which they stand.
 *
 * @param first whether it returns all 64 bits of what it got in the first register
 * @param fills whether it stores more than two words there, or a short string's pointer to itself
 * @param floating whether it ends with a number in a register for floating-point numbers
 */
record ReturnedByCode(boolean first, boolean fills, boolean floating) {

    private static final int MOST = 4096;
    private static final int LARGE = 16;

    /** What a call may write. */
    private static final int VOLATILE = 0b1111_1100_0111;

    static ReturnedByCode of(FileContent code, FunctionBody body) {
        Looking looking = new Looking(code);
        body.instructions().stream().limit(MOST).forEach(looking::at);
        return new ReturnedByCode(looking.first, looking.begin && looking.beyond || looking.string, looking.floating);
    }

    private static final class Looking {
        private final FileContent code;
        /** Registers, and places of the frame, that hold what the first register held. */
        private int copies = 1 << X86Access.RDI;

        private final Set<Integer> kept = new HashSet<>();
        /** Those that hold an address 16 bytes behind it: where std::string of GNU keeps short texts. */
        private int behind;

        private boolean number;
        private boolean first;
        private boolean begin;
        private boolean beyond;
        private boolean string;
        private boolean floating;

        Looking(FileContent code) {
            this.code = code;
        }

        void at(Placed placed) {
            Instruction i = placed.instruction();
            X86Access access = X86Access.of(code, placed.at(), i);
            if (i.kind() == Kind.ONE_BYTE && (i.opcode() == 0xc3 || i.opcode() == 0xc2)) {
                first |= is(copies, X86Access.RAX);
                floating |= number;
            } else if (i.flow() == Instruction.Flow.CALL || i.kind() == Kind.ONE_BYTE && i.opcode() == 0xff) {
                copies &= ~VOLATILE;
                behind &= ~VOLATILE;
                number = false;
            } else if (!access.isUnknown()) {
                stores(i, access);
                moves(i, access);
                numbers(i, access);
            }
        }

        private void stores(Instruction i, X86Access access) {
            boolean stores = i.kind() == Kind.ONE_BYTE
                    ? i.opcode() == 0x88 || i.opcode() == 0x89 || i.opcode() == 0xc6 || i.opcode() == 0xc7
                    : isVectorStore(i);
            if (stores && is(copies, access.base())) {
                begin |= access.displacement() == 0;
                beyond |= access.displacement() + size(i) > LARGE;
                string |= access.displacement() == 0
                        && i.kind() == Kind.ONE_BYTE
                        && i.opcode() == 0x89
                        && is(behind, access.register());
            }
        }

        private static int size(Instruction i) {
            boolean whole =
                    i.opcode() == 0x29 || i.opcode() == 0x7f || i.opcode() == 0x11 && !i.has(Instruction.REPEAT);
            return i.kind() != Kind.ONE_BYTE && whole ? LARGE : 1;
        }

        private static boolean isVectorStore(Instruction i) {
            boolean vector = i.kind() == Kind.TWO_BYTES || i.kind() == Kind.VEX;
            return vector
                    && switch (i.opcode()) {
                        case 0x11, 0x29, 0x7f, 0x13, 0x17, 0xd6 -> true;
                        case 0x7e -> !i.has(Instruction.REPEAT);
                        default -> false;
                    };
        }

        private void moves(Instruction i, X86Access access) {
            boolean moves = i.kind() == Kind.ONE_BYTE && access.wide();
            boolean frame = access.base() == X86Access.RBP || access.base() == X86Access.RSP;
            // what is taken off the stack at the end is the caller's; other ends may follow
            boolean pops = i.kind() == Kind.ONE_BYTE && (i.opcode() & 0xf8) == 0x58;
            if (moves && i.opcode() == 0x89 && frame) {
                if (is(copies, access.register())) {
                    kept.add(access.displacement());
                } else {
                    kept.remove(access.displacement());
                }
                return;
            }
            boolean copied = moves
                    && (i.opcode() == 0x89 && is(copies, access.register())
                            || i.opcode() == 0x8b
                                    && (is(copies, access.other()) || frame && kept.contains(access.displacement())));
            boolean added = moves && i.opcode() == 0x8d && is(copies, access.base()) && access.displacement() == LARGE;
            if (!pops) {
                copies = copied ? copies | access.writes() : copies & ~access.writes();
                behind = added ? behind | access.writes() : behind & ~access.writes();
            }
        }

        private void numbers(Instruction i, X86Access access) {
            boolean vector = i.kind() == Kind.TWO_BYTES || i.kind() == Kind.VEX;
            if (access.writes(X86Access.RAX) || isVectorStore(i) && access.register() == 0) {
                number = false;
            } else if (vector && access.register() == 0 && makesNumber(i)) {
                number = true;
            }
        }

        /** Loads, conversions and arithmetic of numbers of 32 and 64 bits, and of those from a register for integers. */
        private static boolean makesNumber(Instruction i) {
            return switch (i.opcode()) {
                case 0x10, 0x28, 0x2a, 0x51, 0x54, 0x57, 0x58, 0x59, 0x5a, 0x5c, 0x5d, 0x5e, 0x5f, 0x6e -> true;
                case 0x7e -> i.has(Instruction.REPEAT);
                default -> false;
            };
        }

        private static boolean is(int registers, int which) {
            return which >= 0 && (registers >> which & 1) != 0;
        }
    }
}
