package io.probeunit.internal.unwind;

import io.probeunit.internal.host.HostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/** Walks a stack from the innermost frame outwards. Thread-safe. */
public final class Unwinder {

    /** So many are shown at most; the copy of a stack has no more, as a rule. */
    private static final int MOST_FRAMES = 256;

    private final Abi abi;
    private final LongFunction<Code> codeAt;

    /** What is at an address of the process. */
    public sealed interface Code {

        /**
         * Code of a file.
         *
         * @param path of the file, as the process sees it
         * @param offset in the file, in bytes
         * @param image the file
         */
        record OfFile(String path, long offset, ElfImage image) implements Code {}

        /**
         * Something else.
         *
         * @param reason why nothing is known of it, without a full stop
         */
        record Unknown(String reason) implements Code {}
    }

    /**
     * A frame.
     *
     * @param code where it is; for a caller, the instruction after the call
     * @param called whether it is a caller, whose function is that of the instruction before
     * @param signal whether the kernel made it, to call a handler of a signal
     */
    public record Step(Code.OfFile code, boolean called, boolean signal) {

        /**
         * The place by which the function is known.
         *
         * @return an offset in the file, in bytes
         */
        public long inFunction() {
            return called ? code.offset() - 1 : code.offset();
        }
    }

    /**
     * A stack.
     *
     * @param steps the innermost first
     * @param cut why there are no more, without a full stop; empty if the last is the first of its thread
     */
    public record Walk(List<Step> steps, Optional<String> cut) {

        /** Keeps a copy of the list. */
        public Walk {
            steps = List.copyOf(steps);
        }
    }

    /**
     * Prepares to walk.
     *
     * @param abi of the processor
     * @param codeAt says what is at an address of the process
     */
    public Unwinder(Abi abi, LongFunction<Code> codeAt) {
        this.abi = abi;
        this.codeAt = codeAt;
    }

    /**
     * Walks.
     *
     * @param first all registers as they were
     * @param memory the stack from its pointer on
     * @return as far as it can be known
     */
    public Walk walk(Registers first, StackMemory memory) {
        List<Step> steps = new ArrayList<>();
        Registers registers = first;
        boolean called = false;
        while (steps.size() < MOST_FRAMES) {
            long at = registers.get(abi.programCounter());
            Code code = codeAt.apply(called ? at - 1 : at);
            if (code instanceof Code.Unknown unknown) {
                return new Walk(steps, Optional.of(unknown.reason()));
            }
            Step step = new Step(here((Code.OfFile) code, called), called, false);
            steps.add(step);
            try {
                FrameEntry entry = entry(step);
                boolean signal = entry.common().signalFrame();
                steps.set(steps.size() - 1, new Step(step.code(), called, signal));
                Optional<Registers> caller = caller(step, entry, registers, memory);
                if (caller.isEmpty()) {
                    return new Walk(steps, Optional.empty());
                }
                registers = caller.get();
                called = !signal;
            } catch (NotUnwoundException e) {
                return new Walk(steps, Optional.of(of(step, e.getMessage())));
            } catch (HostException | IndexOutOfBoundsException e) {
                return new Walk(steps, Optional.of(of(step, "its table for unwinding cannot be read")));
            }
        }
        return new Walk(steps, Optional.of("only the first %d frames are looked at".formatted(MOST_FRAMES)));
    }

    private static Code.OfFile here(Code.OfFile code, boolean called) {
        return called ? new Code.OfFile(code.path(), code.offset() + 1, code.image()) : code;
    }

    private static String of(Step step, String reason) {
        return "the caller of 0x%x in %s is not known: %s"
                .formatted(step.code().offset(), step.code().path(), reason);
    }

    private static FrameEntry entry(Step step) {
        ElfImage image = step.code().image();
        return image.entry(address(step))
                .orElseThrow(() -> new NotUnwoundException("the file has no unwind information (.eh_frame) for it"));
    }

    private static long address(Step step) {
        return step.code()
                .image()
                .address(step.inFunction())
                .orElseThrow(() -> new NotUnwoundException("the file has no code there"));
    }

    /** The registers as the caller has them; empty for the first function of a thread. */
    private Optional<Registers> caller(Step step, FrameEntry entry, Registers registers, StackMemory memory) {
        ElfImage image = step.code().image();
        Row row = entry.row(address(step), image);
        int column = entry.common().returnAddress();
        if (row.rules().get(column) instanceof Rule.Undefined) {
            return Optional.empty();
        }
        long frame = frameAddress(row, image, registers, memory);
        Registers caller = abi.afterCall(registers).with(abi.stackPointer(), frame);
        for (Map.Entry<Integer, Rule> rule : row.rules().entrySet()) {
            if (rule.getKey() < abi.registers()) {
                caller = applied(rule.getValue(), rule.getKey(), frame, image, registers, memory, caller);
            }
        }
        long back = abi.address(row.rules().containsKey(column) ? caller.get(column) : registers.get(column));
        if (back == 0) {
            return Optional.empty();
        }
        if (entry.common().signalFrame()) {
            return Optional.of(caller.with(abi.programCounter(), back));
        }
        if (Long.compareUnsigned(frame, registers.get(abi.stackPointer())) < 0) {
            throw new NotUnwoundException("the frame of its caller is not above its own");
        }
        // a call changes the register that holds the address to return to
        return Optional.of(caller.without(column).with(abi.programCounter(), back));
    }

    private static long frameAddress(Row row, ElfImage image, Registers registers, StackMemory memory) {
        if (row.frameAddress() instanceof Row.FrameAddress.FromExpression expression) {
            return Expression.value(expression.block(), image, registers, memory);
        }
        Row.FrameAddress.FromRegister simple = (Row.FrameAddress.FromRegister) row.frameAddress();
        return registers.get(simple.register()) + simple.bytes();
    }

    private static Registers applied(
            Rule rule,
            int register,
            long frame,
            ElfImage image,
            Registers callee,
            StackMemory memory,
            Registers caller) {
        if (rule instanceof Rule.Undefined) {
            return caller.without(register);
        }
        if (rule instanceof Rule.Same) {
            return callee.knows(register) ? caller.with(register, callee.get(register)) : caller.without(register);
        }
        return caller.with(register, value(rule, frame, image, callee, memory));
    }

    private static long value(Rule rule, long frame, ElfImage image, Registers callee, StackMemory memory) {
        if (rule instanceof Rule.AtOffset at) {
            return memory.longAt(frame + at.bytes());
        }
        if (rule instanceof Rule.IsOffset is) {
            return frame + is.bytes();
        }
        if (rule instanceof Rule.InRegister in) {
            return callee.get(in.register());
        }
        if (rule instanceof Rule.AtExpression at) {
            return memory.longAt(Expression.value(at.block(), image, callee, memory, frame));
        }
        if (rule instanceof Rule.IsExpression is) {
            return Expression.value(is.block(), image, callee, memory, frame);
        }
        throw new IllegalStateException("a rule without a value: " + rule);
    }
}
