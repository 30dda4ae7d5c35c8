package io.probeunit.internal.binary;

import io.probeunit.internal.binary.Instruction.Flow;
import io.probeunit.internal.binary.Instruction.Kind;
import io.probeunit.internal.host.FileContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The nops with which compilers fill up the room between a function and the next. No process executes them where the first
 * function ends with a return or a jump; a uprobe there never fires.
 */
final class FunctionGaps {

    private static final int ENOUGH = 4096;
    private static final int LONGEST_GAP = 64;
    private static final int LONGEST_FUNCTION = 1 << 14;
    private static final int RETURN = 0xc3;
    private static final int INDIRECT = 0xff;
    private static final int INDIRECT_JUMP = 4;
    private static final int ARM_RETURN = 0xd65f03c0;

    private final FileContent content;
    private final List<FunctionSymbol> functions;
    private final InstructionSet set;

    FunctionGaps(FileContent content, List<FunctionSymbol> functions, InstructionSet set) {
        this.content = content;
        this.functions = functions;
        this.set = set;
    }

    /** Where there can be uprobes, as offsets in the file, ascending. */
    List<Integer> offsets() {
        List<Integer> offsets = new ArrayList<>();
        long covered = 0;
        for (int i = 0; i + 1 < functions.size() && offsets.size() < ENOUGH; i++) {
            FunctionSymbol function = functions.get(i);
            FunctionSymbol next = functions.get(i + 1);
            long end = function.fileOffset() + function.size();
            boolean alone = end >= covered && function.size() > 0 && function.size() <= LONGEST_FUNCTION;
            covered = Math.max(covered, end);
            long gap = next.fileOffset() - end;
            boolean inOnePiece = next.address() - function.address() == next.fileOffset() - function.fileOffset();
            if (alone && inOnePiece && gap > 0 && gap <= LONGEST_GAP && isLeft(function)) {
                addNops(offsets, (int) end, (int) next.fileOffset());
            }
        }
        return offsets;
    }

    private boolean isLeft(FunctionSymbol function) {
        FunctionBody body =
                FunctionBody.read(content, set, function.fileOffset(), function.fileOffset() + function.size());
        Optional<FunctionBody.Placed> last = body.last();
        return last.filter(placed -> placed.next() == body.end() && leaves(placed.instruction()))
                .isPresent();
    }

    private static boolean leaves(Instruction instruction) {
        boolean returns = instruction.kind() == Kind.ARM
                ? instruction.opcode() == ARM_RETURN
                : instruction.kind() == Kind.ONE_BYTE
                        && (instruction.opcode() == RETURN
                                || instruction.opcode() == INDIRECT && (instruction.form() >> 3 & 7) == INDIRECT_JUMP);
        return returns || instruction.flow() == Flow.JUMP;
    }

    /** A breakpoint may stand within a nop as well, where the rest of it is another one. */
    private void addNops(List<Integer> offsets, int from, int to) {
        if (FunctionBody.read(content, set, from, to).areNopsUpTo(to)) {
            for (int at = from; at < to; at += set.step()) {
                if (set.read(content, at, to)
                        .filter(i -> i.isNop() && KernelLimits.refusal(i).isEmpty())
                        .isPresent()) {
                    offsets.add(at);
                }
            }
        }
    }
}
