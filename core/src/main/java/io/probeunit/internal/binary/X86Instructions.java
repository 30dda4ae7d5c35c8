package io.probeunit.internal.binary;

import io.probeunit.internal.binary.Instruction.Flow;
import io.probeunit.internal.binary.Instruction.Kind;
import io.probeunit.internal.host.FileContent;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/**
 * Instructions of x86-64 in 64-bit mode: Intel SDM volume 2, chapter 2 (prefixes, ModRM, VEX, EVEX) and appendix A (opcode
 * maps); AMD APM volume 3 and 6 (3DNow!, XOP, SSE4a).
 *
 * <p>Each opcode has a letter that says what follows it:
 *
 * <pre>
 * .  nothing                        m  ModRM                     c  ModRM that always names a register
 * b  a byte    w  two bytes         B  ModRM and a byte          n  two bytes and one
 * z  two or four bytes              Z  ModRM and two or four     v  two, four or eight bytes
 * j  one byte of a jump             J  four bytes of a jump      o  an address
 * g  as B or m   G  as Z or m, by ModRM                          e  ModRM and two bytes
 * p  prefix
 * x  more of the opcode             -  no instruction
 * </pre>
 */
final class X86Instructions implements InstructionSet {

    private static final int LONGEST = 15;

    private static final String ONE_BYTE = "mmmmbz--mmmmbz-x" // 00
            + "mmmmbz--mmmmbz--" // 10
            + "mmmmbzp-mmmmbzp-" // 20
            + "mmmmbzp-mmmmbzp-" // 30
            + "pppppppppppppppp" // 40
            + "................" // 50
            + "--xmppppzZbB...." // 60
            + "jjjjjjjjjjjjjjjj" // 70
            + "BZ-Bmmmmmmmmmmmm" // 80
            + "..........-....." // 90
            + "oooo....bz......" // a0
            + "bbbbbbbbvvvvvvvv" // b0
            + "BBw.xxBZn.w..b-." // c0
            + "mmmm---.mmmmmmmm" // d0
            + "jjjjbbbbJJ-j...." // e0
            + "p.pp..gG......mm"; // f0

    private static final String TWO_BYTES = "mmmm-.....-.-m.B" // 00
            + "mmmmmmmmmmmmmmmm" // 10
            + "cccc----mmmmmmmm" // 20
            + "......-.x-x-----" // 30
            + "mmmmmmmmmmmmmmmm" // 40
            + "mmmmmmmmmmmmmmmm" // 50
            + "mmmmmmmmmmmmmmmm" // 60
            + "BBBBmmm.mm--mmmm" // 70
            + "JJJJJJJJJJJJJJJJ" // 80
            + "mmmmmmmmmmmmmmmm" // 90
            + "...mBmmm...mBmmm" // a0
            + "mmmmmmmmmmBmmmmm" // b0
            + "mmBmBBBm........" // c0
            + "mmmmmmmmmmmmmmmm" // d0
            + "mmmmmmmmmmmmmmmm" // e0
            + "mmmmmmmmmmmmmmmm"; // f0

    @Override
    public Optional<Instruction> read(FileContent code, int at, int end) {
        if (at < 0 || at >= end || end > code.limit()) {
            return Optional.empty();
        }
        return new Reading(code, at, Math.min(end, at + LONGEST)).read();
    }

    /** Looks at all bytes as if each began an instruction. */
    @Override
    public boolean mayJump(FileContent code, int from, int to, IntPredicate place) {
        for (int at = from; at < to - 1; at++) {
            int opcode = code.get(at) & 0xff;
            boolean behind0f = (opcode & 0xf0) == 0x80 && at > from && code.get(at - 1) == 0x0f;
            if (ONE_BYTE.charAt(opcode) == 'j' && place.test(at + 2 + code.get(at + 1))) {
                return true;
            }
            if ((opcode == 0xe9 || behind0f) && at <= to - 5 && place.test(at + 5 + code.getInt(at + 1))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public int step() {
        return 1;
    }

    /** One instruction while it is read. */
    private static final class Reading {
        private static final int END = -1;
        private static final int WIDE = 8;
        private static final int UNDEFINED_BEFORE_A_MAP =
                Instruction.LOCK | Instruction.OPERAND_SIZE | Instruction.REPEAT;

        private final FileContent code;
        private final int start;
        private final int end;
        private int at;
        private int prefixes;
        private boolean repeated;
        private boolean shortAddress;
        private int rex;
        private int form;

        Reading(FileContent code, int start, int end) {
            this.code = code;
            this.start = start;
            this.end = end;
            this.at = start;
        }

        Optional<Instruction> read() {
            int opcode = next();
            while (opcode != END && ONE_BYTE.charAt(opcode) == 'p') {
                prefix(opcode);
                opcode = next();
            }
            return switch (opcode) {
                case END -> Optional.empty();
                case 0x0f -> twoBytes();
                case 0xc4 -> wide(Kind.VEX, 2);
                case 0xc5 -> wide(Kind.VEX, 1);
                case 0x62 -> wide(Kind.EVEX, 3);
                case 0x8f -> (peek() & 0x1f) >= 8 ? wide(Kind.XOP, 2) : ending(Kind.ONE_BYTE, opcode, 'm');
                default -> ending(Kind.ONE_BYTE, opcode, ONE_BYTE.charAt(opcode));
            };
        }

        /** A REX prefix counts only if it comes last. */
        private void prefix(int prefix) {
            rex = 0;
            switch (prefix) {
                case 0xf0 -> prefixes |= Instruction.LOCK;
                case 0xf2, 0xf3 -> {
                    prefixes |= Instruction.REPEAT;
                    repeated = prefix == 0xf2;
                }
                case 0x66 -> prefixes |= Instruction.OPERAND_SIZE;
                case 0x67 -> shortAddress = true;
                case 0x26, 0x2e, 0x36, 0x3e -> prefixes |= Instruction.IDLE_SEGMENT;
                case 0x64, 0x65 -> {}
                default -> rex = prefix;
            }
        }

        private Optional<Instruction> twoBytes() {
            int opcode = next();
            if (opcode == END) {
                return Optional.empty();
            }
            if (opcode == 0x38 || opcode == 0x3a) {
                int last = next();
                return last == END ? Optional.empty() : ending(Kind.THREE_BYTES, last, opcode == 0x38 ? 'm' : 'B');
            }
            // SSE4a's extrq and insertq
            boolean bits = opcode == 0x78 && (has(Instruction.OPERAND_SIZE) || repeated);
            return ending(Kind.TWO_BYTES, opcode, bits ? 'e' : TWO_BYTES.charAt(opcode));
        }

        /** An opcode behind a prefix that holds a map of opcodes as well. */
        private Optional<Instruction> wide(Kind kind, int payload) {
            int map = payload == 1 ? 1 : peek() & (kind == Kind.EVEX ? 7 : 0x1f);
            if (has(UNDEFINED_BEFORE_A_MAP) || rex != 0 || at + payload >= end) {
                return Optional.empty();
            }
            at += payload;
            int opcode = next();
            return ending(kind, opcode, letter(kind, map, opcode));
        }

        private static char letter(Kind kind, int map, int opcode) {
            if (kind == Kind.XOP) {
                return map == 8 ? 'B' : map == 9 ? 'm' : map == 10 ? 'Z' : '-';
            }
            return switch (map) {
                case 1 -> {
                    char letter = TWO_BYTES.charAt(opcode);
                    yield letter == 'm' || letter == 'B' || opcode == 0x77 ? letter : '-';
                }
                case 2, 5, 6 -> 'm';
                case 3 -> 'B';
                default -> '-';
            };
        }

        private Optional<Instruction> ending(Kind kind, int opcode, char letter) {
            int operand = has(Instruction.OPERAND_SIZE) && (rex & WIDE) == 0 ? 2 : 4;
            switch (letter) {
                case '.' -> {}
                case 'm' -> modrm();
                case 'c' -> form = next();
                case 'b' -> at++;
                case 'w' -> at += 2;
                case 'n' -> at += 3;
                case 'z' -> at += operand;
                case 'v' -> at += (rex & WIDE) != 0 ? 8 : operand;
                case 'o' -> at += shortAddress ? 4 : 8;
                case 'B' -> {
                    modrm();
                    at++;
                }
                case 'e' -> {
                    modrm();
                    at += 2;
                }
                case 'Z' -> {
                    modrm();
                    at += operand;
                }
                case 'g', 'G' -> {
                    modrm();
                    // of this group only TEST has an immediate operand
                    at += (form >> 3 & 7) > 1 ? 0 : letter == 'g' ? 1 : operand;
                }
                case 'j' -> at++;
                case 'J' -> at += 4;
                default -> {
                    return Optional.empty();
                }
            }
            if (at > end || form == END) {
                return Optional.empty();
            }
            int flags = prefixes | (rex != 0 ? Instruction.REX : 0);
            int length = at - start;
            return Optional.of(
                    switch (letter) {
                        case 'j' ->
                            new Instruction(
                                    length,
                                    kind,
                                    opcode,
                                    flags,
                                    form,
                                    flow(opcode),
                                    OptionalInt.of(length + code.get(at - 1)));
                        case 'J' ->
                            new Instruction(
                                    length,
                                    kind,
                                    opcode,
                                    flags,
                                    form,
                                    flow(opcode),
                                    OptionalInt.of(length + code.getInt(at - 4)));
                        default -> new Instruction(length, kind, opcode, flags, form, Flow.NEXT, OptionalInt.empty());
                    });
        }

        private static Flow flow(int opcode) {
            return switch (opcode) {
                case 0xe8 -> Flow.CALL;
                case 0xe9, 0xeb -> Flow.JUMP;
                default -> Flow.BRANCH;
            };
        }

        /** ModRM with what it asks for: SIB, displacement. */
        private void modrm() {
            form = next();
            int mode = form >> 6 & 3;
            int register = form & 7;
            if (form == END || mode == 3) {
                return;
            }
            int base = register;
            if (register == 4) {
                int index = next();
                form = index == END ? END : form;
                base = index & 7;
            }
            if (mode == 1) {
                at++;
            } else if (mode == 2 || base == 5) {
                at += 4;
            }
        }

        private boolean has(int prefix) {
            return (prefixes & prefix) != 0;
        }

        private int peek() {
            return at < end ? code.get(at) & 0xff : 0;
        }

        private int next() {
            return at < end ? code.get(at++) & 0xff : END;
        }
    }
}
