package io.probeunit.internal.binary;

import io.probeunit.internal.binary.FunctionBody.Placed;
import io.probeunit.internal.binary.Instruction.Flow;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * What a function of Go does first: it compares the stack pointer with the end of the goroutine's stack; where that is
 * near, it jumps to a piece at its end that calls {@code runtime.morestack} and jumps back to the first instruction. The
 * same happens where the goroutine is asked to let others run. (Go's {@code cmd/internal/obj/x86/obj6.go} and
 * {@code arm64/obj7.go}, stacksplit.)
 *
 * <p>Behind the check nothing runs twice, and the stack and the registers of arguments are still what they were.
 */
final class GoStackCheck {

    /** The longest form has nine. */
    private static final int MOST_INSTRUCTIONS = 12;

    /** Before and behind the call are the registers of arguments, saved and restored. */
    private static final int MOST_GROWING = 64;

    /** ADD, SUB, CMP with a register or a number, TEST, MOV to a register, LEA. */
    private static final Set<Integer> X86_COMPARING =
            Set.of(0x01, 0x03, 0x05, 0x29, 0x2b, 0x2d, 0x39, 0x3b, 0x3d, 0x81, 0x83, 0x85, 0x89, 0x8b, 0x8d);

    private static final int WRITES_OPERAND = 0x89;
    private static final int REGISTERS = 3;

    private GoStackCheck() {}

    /**
     * How long it is.
     *
     * @param body what the function consists of
     * @param isMoreStack whether Go's function that makes the stack grow begins at a place of the file
     * @return in bytes; empty if the function does not begin with such a check, or its end is reached again
     */
    static OptionalInt length(FunctionBody body, IntPredicate isMoreStack) {
        int behind = body.start();
        for (Placed placed : body.instructions()
                .subList(0, Math.min(MOST_INSTRUCTIONS, body.instructions().size()))) {
            if (placed.instruction().flow() == Flow.BRANCH && grows(body, placed.target(), isMoreStack)) {
                behind = placed.next();
            } else if (!onlyCompares(placed.instruction())) {
                break;
            }
        }
        boolean once =
                body.jumpsTo(body.start()).size() == 1 && body.jumpsTo(behind).isEmpty();
        return behind > body.start() && once && !body.from(behind).isEmpty()
                ? OptionalInt.of(behind - body.start())
                : OptionalInt.empty();
    }

    /** Whether a piece calls {@code morestack} and nothing else, and then jumps to the first instruction. */
    private static boolean grows(FunctionBody body, int place, IntPredicate isMoreStack) {
        List<Placed> piece = body.from(place).stream().limit(MOST_GROWING).toList();
        int calls = 0;
        for (Placed placed : piece) {
            switch (placed.instruction().flow()) {
                case CALL -> {
                    if (!isMoreStack.test(placed.target())) {
                        return false;
                    }
                    calls++;
                }
                case JUMP, BRANCH -> {
                    return calls == 1 && placed.jumpsTo(body.start());
                }
                case NEXT -> {}
            }
        }
        return false;
    }

    private static boolean onlyCompares(Instruction instruction) {
        if (instruction.flow() != Flow.NEXT) {
            return false;
        }
        return switch (instruction.kind()) {
            case ARM -> Arm64Instructions.staysInRegisters(instruction.opcode());
            case ONE_BYTE ->
                instruction.isNop()
                        || X86_COMPARING.contains(instruction.opcode())
                                && (instruction.opcode() != WRITES_OPERAND || instruction.form() >> 6 == REGISTERS);
            case TWO_BYTES -> instruction.isNop();
            default -> false;
        };
    }
}
