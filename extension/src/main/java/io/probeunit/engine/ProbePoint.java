package io.probeunit.engine;

import io.probeunit.binary.FunctionSymbol;
import io.probeunit.binary.Mark;
import io.probeunit.target.TargetFile;
import java.util.List;

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
     * The same point with other slots.
     *
     * @param slots what to record
     * @return a new point
     */
    ProbePoint withSlots(List<Slot> slots);

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
     */
    record Function(String function, boolean onReturn, List<FunctionSymbol> symbols, TargetFile file, List<Slot> slots)
            implements ProbePoint {

        /** Keeps copies of the lists. */
        public Function {
            symbols = List.copyOf(symbols);
            slots = List.copyOf(slots);
        }

        @Override
        public String name() {
            return onReturn ? function + ".return" : function;
        }

        @Override
        public ProbePoint withSlots(List<Slot> slots) {
            return new Function(function, onReturn, symbols, file, slots);
        }
    }

    /**
     * A USDT mark with all its sites.
     *
     * @param mark as the binary's notes describe it
     * @param file the binary
     * @param slots what to record
     */
    record UsdtMark(Mark mark, TargetFile file, List<Slot> slots) implements ProbePoint {

        /** Keeps a copy of the list. */
        public UsdtMark {
            slots = List.copyOf(slots);
        }

        @Override
        public String name() {
            return mark.qualifiedName();
        }

        @Override
        public ProbePoint withSlots(List<Slot> slots) {
            return new UsdtMark(mark, file, slots);
        }

        @Override
        public boolean isGuarded() {
            return mark.guarded();
        }
    }
}
