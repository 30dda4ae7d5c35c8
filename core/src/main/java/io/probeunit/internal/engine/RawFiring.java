package io.probeunit.internal.engine;

import java.util.List;

/**
 * The details of one firing as an engine records them.
 *
 * @param point index of the point in the session
 * @param nanos the kernel's monotonic clock, in nanoseconds
 * @param pid process id on the host
 * @param tid thread id on the host
 * @param command the task's name
 * @param values one for each slot of the point, in its order
 * @param callers who called
 */
public record RawFiring(int point, long nanos, int pid, int tid, String command, List<Value> values, Callers callers)
        implements Details {

    /** Keeps a copy of the list. */
    public RawFiring {
        values = List.copyOf(values);
    }

    /** A firing without a stack. */
    public RawFiring(int point, long nanos, int pid, int tid, String command, List<Value> values) {
        this(point, nanos, pid, tid, command, values, Callers.NONE);
    }

    @Override
    public boolean isNumber(int slot) {
        return values.get(slot) instanceof Value.Number;
    }

    @Override
    public long number(int slot) {
        return ((Value.Number) values.get(slot)).bits();
    }

    @Override
    public Value value(int slot) {
        return values.get(slot);
    }

    /** What a slot held. */
    public sealed interface Value {

        /**
         * An integer.
         *
         * @param bits 64 bits: a function's register as it was; a mark's argument extended by the width and sign of its
         *     note
         */
        record Number(long bits) implements Value {}

        /**
         * A string.
         *
         * @param text what could be read
         * @param cut whether there may be more of it
         */
        record Text(String text, boolean cut) implements Value {}

        /** Memory that could not be read. */
        record Unreadable() implements Value {}
    }
}
