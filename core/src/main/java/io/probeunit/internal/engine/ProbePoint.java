package io.probeunit.internal.engine;

import io.probeunit.internal.binary.FunctionSymbol;
import io.probeunit.internal.binary.Mark;
import io.probeunit.internal.binary.Operand;
import io.probeunit.internal.plan.Capture;
import io.probeunit.internal.plan.CaptureSource;
import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.targets.TargetFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A probe point that was found in a binary of a target. */
public sealed interface ProbePoint {

    /**
     * The point's name as firings carry it.
     *
     * @return the function's name, {@code NAME.return}, or {@code provider:name}
     */
    String name();

    /**
     * Where it is.
     *
     * @return the binary
     */
    TargetFile file();

    /**
     * What is recorded at each firing.
     *
     * @return slots without doubles
     */
    List<Slot> slots();

    /**
     * What firings without details are to be judged by; an engine does so as far as it can.
     *
     * @return filters without doubles, the most wanted first
     */
    List<IntegerFilter> filters();

    /**
     * Why its firings may not be the calls that the program makes, as far as the file tells.
     *
     * @return mostly empty
     */
    List<Doubt> doubts();

    /**
     * The same point with something else recorded.
     *
     * @param slots what to record
     * @param filters what to judge by
     * @return a new point
     */
    ProbePoint recording(List<Slot> slots, List<IntegerFilter> filters);

    /**
     * The point itself, whatever is recorded there.
     *
     * @return without slots and filters
     */
    default ProbePoint bare() {
        return recording(List.of(), List.of());
    }

    /**
     * Whether a captured number is signed.
     *
     * @param capture a capture at this point
     * @return what its type says; without one, the note of the mark or the declaration of the function; false for a
     *     function's register
     */
    default boolean isSigned(Capture capture) {
        return capture.type().isPresent() && capture.type().get().isSigned();
    }

    /**
     * Whether the mark is on only while a semaphore is held.
     *
     * @return false for functions
     */
    default boolean isGuarded() {
        return false;
    }

    /**
     * A function's entry or return.
     *
     * @param function the function's name, without the suffix of a clone
     * @param onReturn whether the return is meant
     * @param symbols all code of that function: itself, or its clones
     * @param file the binary
     * @param slots what to record
     * @param filters what to judge by
     * @param doubts why firings may not be calls
     * @param registers as {@link io.probeunit.internal.binary.FunctionUse.Possible#registers()}
     * @param operands the values whose place and type debug information gives
     */
    record Function(
            String function,
            boolean onReturn,
            List<FunctionSymbol> symbols,
            TargetFile file,
            List<Slot> slots,
            List<IntegerFilter> filters,
            List<Doubt> doubts,
            Map<Integer, Integer> registers,
            Map<CaptureSource, Operand> operands)
            implements ProbePoint {

        /** Keeps copies of the lists. */
        public Function {
            operands = Map.copyOf(operands);
            registers = Map.copyOf(registers);
            symbols = List.copyOf(symbols);
            slots = List.copyOf(slots);
            filters = List.copyOf(filters);
            doubts = List.copyOf(doubts);
        }

        /** A point whose arguments are in the registers of their own numbers. */
        public Function(
                String function,
                boolean onReturn,
                List<FunctionSymbol> symbols,
                TargetFile file,
                List<Slot> slots,
                List<IntegerFilter> filters,
                List<Doubt> doubts) {
            this(function, onReturn, symbols, file, slots, filters, doubts, Map.of(), Map.of());
        }

        /**
         * The place and type of a value as debug information gives them.
         *
         * @param source of the value
         * @return empty if nothing is declared of it
         */
        public Optional<Operand> operand(CaptureSource source) {
            return Optional.ofNullable(operands.get(source));
        }

        @Override
        public boolean isSigned(Capture capture) {
            return capture.type().isPresent()
                    ? ProbePoint.super.isSigned(capture)
                    : operand(capture.source()).filter(Operand::signed).isPresent();
        }

        /**
         * The register that an argument is in.
         *
         * @param argument counted from 1, as the source has them
         * @return counted from 1, among those in which integers and pointers are passed
         */
        public int register(CaptureSource.Argument argument) {
            return registers.getOrDefault(argument.number(), argument.number());
        }

        /** A point without filters, whose firings are its calls. */
        public Function(
                String function, boolean onReturn, List<FunctionSymbol> symbols, TargetFile file, List<Slot> slots) {
            this(function, onReturn, symbols, file, slots, List.of(), List.of());
        }

        @Override
        public String name() {
            return onReturn ? function + ".return" : function;
        }

        @Override
        public ProbePoint recording(List<Slot> slots, List<IntegerFilter> filters) {
            return new Function(function, onReturn, symbols, file, slots, filters, doubts, registers, operands);
        }
    }

    /**
     * A USDT mark with all its sites.
     *
     * @param mark as the binary's notes describe it
     * @param file the binary
     * @param slots what to record
     * @param filters what to judge by
     * @param doubts why firings may not be passes of the mark
     */
    record UsdtMark(Mark mark, TargetFile file, List<Slot> slots, List<IntegerFilter> filters, List<Doubt> doubts)
            implements ProbePoint {

        /** Keeps copies of the lists. */
        public UsdtMark {
            slots = List.copyOf(slots);
            filters = List.copyOf(filters);
            doubts = List.copyOf(doubts);
        }

        /** A point without filters, whose firings are passes of the mark. */
        public UsdtMark(Mark mark, TargetFile file, List<Slot> slots) {
            this(mark, file, slots, List.of(), List.of());
        }

        @Override
        public String name() {
            return mark.qualifiedName();
        }

        @Override
        public ProbePoint recording(List<Slot> slots, List<IntegerFilter> filters) {
            return new UsdtMark(mark, file, slots, filters, doubts);
        }

        @Override
        public boolean isSigned(Capture capture) {
            return capture.type().isPresent()
                    ? ProbePoint.super.isSigned(capture)
                    : capture.source() instanceof CaptureSource.Argument argument && isSignedInNote(argument.number());
        }

        @Override
        public boolean isGuarded() {
            return mark.guarded();
        }

        private boolean isSignedInNote(int argument) {
            return mark.sites().stream()
                    .filter(site -> site.operands().size() >= argument)
                    .anyMatch(site -> site.operands().get(argument - 1).signed());
        }
    }
}
