package io.probeunit.internal.engine.uprobe;

import io.probeunit.internal.engine.uprobe.Assembler.Jump;
import io.probeunit.internal.engine.uprobe.Assembler.Operation;
import java.util.Optional;

/**
 * Writes the part of a program that copies the registers and the innermost part of the stack into a record of its own, just
 * before the record of the firing. It does so for the firings whose turn it is, see {@link CounterMap#TURN}.
 *
 * <p>The stack is read page by page, up to the first that cannot be read: so nothing is lost before the end of its mapping.
 * The first page is read from the stack pointer on, and bytes keep their places within their page.
 *
 * <p>R6 is the context, R7 the cookie, R9 the point's counters; all three stay.
 */
final class StackCode {

    private static final String DONE = "noStack";
    private static final int NO_WAKEUP = 1;
    private static final int PIECE_MASK = StackRecord.PIECE - 1;
    /** Nothing else is kept there before the record of the firing. */
    private static final int FIRST_PIECE = -8;

    /** The numbers of the thread and of the process. What was there is used no more. */
    private static final int NUMBERS = -24;

    private final Assembler assembler;
    private final CounterMap counters;
    private final RecordRing ring;
    private final PtRegs registers;
    private final boolean timed;
    private final Optional<PidNumbers> numbers;

    StackCode(
            Assembler assembler,
            CounterMap counters,
            RecordRing ring,
            PtRegs registers,
            boolean timed,
            Optional<PidNumbers> numbers) {
        this.assembler = assembler;
        this.counters = counters;
        this.ring = ring;
        this.registers = registers;
        this.timed = timed;
        this.numbers = numbers;
    }

    void write(int pointMask, int points) {
        takeTurn(pointMask, points);
        reserve();
        header();
        pieces();
        assembler
                .label("stackRead")
                .move(Reg.R1, Reg.R8)
                .move(Reg.R2, NO_WAKEUP)
                .call(BpfFunction.RINGBUF_SUBMIT)
                // the record of the firing says that one of a stack came before
                .arithmetic(Operation.OR, Reg.R7, StackRecord.FOLLOWS)
                .label(DONE);
    }

    /**
     * Goes to one of two places: a slow call has details if its stack is wanted, however many calls had some before. R1 to R5
     * change.
     */
    void writeWhetherSlow(int pointMask, int points, String wanted, String not) {
        turn(pointMask, points, not);
        assembler.load(Width.DOUBLE, Reg.R3, Reg.R2, CounterMap.SLOW).jump(Jump.EQUAL, Reg.R3, 0, not);
        compareTime("Again", not);
        assembler.jump(wanted);
    }

    private void takeTurn(int pointMask, int points) {
        turn(pointMask, points, DONE);
        if (timed) {
            assembler.load(Width.DOUBLE, Reg.R3, Reg.R2, CounterMap.SLOW).jump(Jump.EQUAL, Reg.R3, 0, "any");
            compareTime("", DONE);
            assembler.label("any");
        }
        assembler
                .move(Reg.R3, 1)
                .atomicAdd(Reg.R2, CounterMap.TURN, Reg.R3)
                .load(Width.DOUBLE, Reg.R3, Reg.R2, CounterMap.FIRST_STACK)
                .jump(Jump.LESS, Reg.R1, Reg.R3, DONE);
    }

    /** Brings the row that all CPUs share into R2 and the turn into R1, if there is one left. */
    private void turn(int pointMask, int points, String over) {
        assembler
                .move(Reg.R1, Reg.R7)
                .arithmetic(Operation.AND, Reg.R1, pointMask)
                .jump(Jump.AT_LEAST, Reg.R1, points, over)
                .arithmetic(Operation.MULTIPLY, Reg.R1, counters.bytesAPoint())
                .mapValue(Reg.R2, counters.descriptor(), counters.shared())
                .arithmetic(Operation.ADD, Reg.R2, Reg.R1)
                .load(Width.DOUBLE, Reg.R1, Reg.R2, CounterMap.TURN)
                .load(Width.DOUBLE, Reg.R3, Reg.R2, CounterMap.LAST_STACK)
                .jump(Jump.AT_LEAST, Reg.R1, Reg.R3, over);
    }

    /** What is in R3 is {@link CounterMap#SLOW}. A time that is not known is negative, and never slow. */
    private void compareTime(String suffix, String notSlow) {
        assembler
                .load(Width.DOUBLE, Reg.R4, Reg.R10, CallTimes.TOOK)
                .jump(Jump.SIGNED_LESS, Reg.R4, 0, notSlow)
                .jump(Jump.SIGNED_LESS, Reg.R3, 0, "below" + suffix)
                .jump(Jump.SIGNED_LESS, Reg.R4, Reg.R3, notSlow)
                .jump("slow" + suffix)
                .label("below" + suffix)
                .arithmetic(Operation.MULTIPLY, Reg.R3, -1)
                .jump(Jump.AT_LEAST, Reg.R4, Reg.R3, notSlow)
                .label("slow" + suffix);
    }

    private void reserve() {
        assembler
                .map(Reg.R1, ring.descriptor())
                .move(Reg.R2, StackRecord.bytes(registers))
                .move(Reg.R3, 0)
                .call(BpfFunction.RINGBUF_RESERVE)
                .jump(Jump.NOT_EQUAL, Reg.R0, 0, "stackReserved")
                .jump(DONE)
                .label("stackReserved")
                .move(Reg.R8, Reg.R0);
    }

    private void header() {
        assembler
                .call(BpfFunction.GET_CURRENT_PID_TGID)
                .store(Width.DOUBLE, Reg.R8, Layout.TASK, Reg.R0)
                .constant(Reg.R1, StackRecord.COOKIE)
                .store(Width.DOUBLE, Reg.R8, Layout.COOKIE, Reg.R1)
                .store(Width.DOUBLE, Reg.R8, StackRecord.PIECES, 0)
                .arithmetic(Operation.SHIFT_RIGHT, Reg.R0, Integer.SIZE);
        numbers.ifPresent(this::number);
        assembler.store(Width.DOUBLE, Reg.R8, StackRecord.HOST_PID, Reg.R0);
        for (int register = 0; register < registers.abi().registers(); register++) {
            assembler
                    .load(Width.DOUBLE, Reg.R1, Reg.R6, registers.offset(register))
                    .store(Width.DOUBLE, Reg.R8, StackRecord.register(register), Reg.R1);
        }
    }

    /** Brings the number of the process into R0; the kernel gives 0 if the task is in another namespace. */
    private void number(PidNumbers host) {
        assembler
                .constant(Reg.R1, host.device())
                .constant(Reg.R2, host.inode())
                .move(Reg.R3, Reg.R10)
                .arithmetic(Operation.ADD, Reg.R3, NUMBERS)
                .move(Reg.R4, Long.BYTES)
                .call(BpfFunction.GET_NS_CURRENT_PID_TGID)
                .load(Width.WORD, Reg.R0, Reg.R10, NUMBERS + Integer.BYTES);
    }

    private void pieces() {
        int memory = StackRecord.memory(registers);
        assembler
                .load(
                        Width.DOUBLE,
                        Reg.R3,
                        Reg.R6,
                        registers.offset(registers.abi().stackPointer()))
                .move(Reg.R4, Reg.R3)
                .arithmetic(Operation.AND, Reg.R4, PIECE_MASK)
                .move(Reg.R5, Reg.R3)
                .arithmetic(Operation.SUBTRACT, Reg.R5, Reg.R4)
                .store(Width.DOUBLE, Reg.R10, FIRST_PIECE, Reg.R5)
                .move(Reg.R1, Reg.R8)
                .arithmetic(Operation.ADD, Reg.R1, memory)
                .arithmetic(Operation.ADD, Reg.R1, Reg.R4)
                .move(Reg.R2, StackRecord.PIECE)
                .arithmetic(Operation.SUBTRACT, Reg.R2, Reg.R4)
                .call(BpfFunction.PROBE_READ_USER);
        for (int piece = 1; piece <= StackRecord.MOST_PIECES; piece++) {
            assembler
                    .jump(Jump.NOT_EQUAL, Reg.R0, 0, "stackRead")
                    .store(Width.DOUBLE, Reg.R8, StackRecord.PIECES, piece);
            if (piece < StackRecord.MOST_PIECES) {
                assembler
                        .load(Width.DOUBLE, Reg.R3, Reg.R10, FIRST_PIECE)
                        .arithmetic(Operation.ADD, Reg.R3, piece * StackRecord.PIECE)
                        .move(Reg.R1, Reg.R8)
                        .arithmetic(Operation.ADD, Reg.R1, memory + piece * StackRecord.PIECE)
                        .move(Reg.R2, StackRecord.PIECE)
                        .call(BpfFunction.PROBE_READ_USER);
            }
        }
    }
}
