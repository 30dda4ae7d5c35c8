package io.probeunit.internal.binary;

import io.probeunit.internal.binary.FunctionBody.Placed;
import io.probeunit.internal.binary.Instruction.Flow;
import io.probeunit.internal.binary.Instruction.Kind;
import io.probeunit.internal.host.FileContent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Which registers for arguments a function of x86-64 uses before it writes them. Both count from the first argument's.
 *
 * @param read bits of those that an instruction surely reads
 * @param passed bits of those that may be read too, since they are still there where it calls or jumps to something else
 */
record ArgumentUse(int read, int passed) {

    /** In the order of the arguments, System V psABI 3.2.3. */
    private static final int[] REGISTERS = {X86Access.RDI, X86Access.RSI, X86Access.RDX, X86Access.RCX, 8, 9};

    private static final int MOST_STEPS = 10_000;

    /** Whether the register of an argument holds nothing that the function uses. */
    boolean ignores(int register) {
        return ((read | passed) >> register - 1 & 1) == 0;
    }

    /** Whether a register behind it is read. */
    boolean readsBehind(int register) {
        return read >> register != 0;
    }

    boolean reads(int register) {
        return (read >> register - 1 & 1) != 0;
    }

    /** Follows the code from its first instruction on. */
    static ArgumentUse of(FileContent code, FunctionBody body) {
        Following following = new Following(code, body.instructions());
        following.run();
        return new ArgumentUse(inOrder(following.read), inOrder(following.passed));
    }

    private static int inOrder(int registers) {
        int bits = 0;
        for (int i = 0; i < REGISTERS.length; i++) {
            bits |= (registers >> REGISTERS[i] & 1) << i;
        }
        return bits;
    }

    private static final class Following {

        private record Way(int index, int intact) {}

        private final FileContent code;
        private final List<Placed> instructions;
        private final int[] seen;
        private final Deque<Way> open = new ArrayDeque<>();
        private int read;
        private int passed;

        Following(FileContent code, List<Placed> instructions) {
            this.code = code;
            this.instructions = instructions;
            seen = new int[instructions.size()];
        }

        void run() {
            int all = 0;
            for (int register : REGISTERS) {
                all |= 1 << register;
            }
            open.push(new Way(0, all));
            for (int steps = 0; !open.isEmpty(); steps++) {
                Way way = open.pop();
                if (steps == MOST_STEPS || way.index() < 0 || way.index() == seen.length) {
                    passed |= steps == MOST_STEPS ? all : way.intact();
                    continue;
                }
                int more = way.intact() & ~seen[way.index()];
                if (more != 0) {
                    seen[way.index()] |= more;
                    step(way.index(), more);
                }
            }
        }

        private void step(int index, int intact) {
            Placed placed = instructions.get(index);
            Instruction instruction = placed.instruction();
            X86Access access = X86Access.of(code, placed.at(), instruction);
            if (access.isUnknown() || instruction.flow() == Flow.CALL || leaves(instruction)) {
                passed |= intact;
                return;
            }
            read |= access.reads() & intact;
            int left = intact & ~access.writes();
            if (instruction.jumps()) {
                open.push(new Way(indexOf(placed.target()), left));
            }
            if (instruction.flow() != Flow.JUMP && !ends(instruction)) {
                boolean follows =
                        index + 1 < seen.length && instructions.get(index + 1).at() == placed.next();
                open.push(new Way(follows ? index + 1 : X86Access.NONE, left));
            }
        }

        /** A call or a jump to where a register or memory says. */
        private static boolean leaves(Instruction i) {
            int group = i.form() >> 3 & 7;
            return i.kind() == Kind.ONE_BYTE && i.opcode() == 0xff && group >= 2 && group <= 5;
        }

        private static boolean ends(Instruction i) {
            return i.kind() == Kind.ONE_BYTE && (i.opcode() == 0xc3 || i.opcode() == 0xc2 || i.opcode() == 0xcc)
                    || i.kind() == Kind.TWO_BYTES && i.opcode() == 0x0b;
        }

        private int indexOf(int place) {
            int low = 0;
            int high = instructions.size();
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (instructions.get(middle).at() < place) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low < instructions.size() && instructions.get(low).at() == place ? low : X86Access.NONE;
        }
    }
}
