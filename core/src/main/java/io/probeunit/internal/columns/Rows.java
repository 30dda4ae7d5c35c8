package io.probeunit.internal.columns;

import io.probeunit.internal.engine.Callers;
import io.probeunit.internal.engine.RawFiring;
import io.probeunit.internal.engine.RawFiring.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;

/** Makes a firing from columns. */
final class Rows {

    /** Of a row without any value that is no number. */
    static final Value[] ALL_NUMBERS = {};

    private Rows() {}

    static RawFiring row(
            int point,
            long nanos,
            Tasks.Task by,
            Value[] others,
            Callers callers,
            int slots,
            IntToLongFunction numbers) {
        List<Value> values = new ArrayList<>(slots);
        for (int slot = 0; slot < slots; slot++) {
            boolean number = others.length == 0 || others[slot] == null;
            values.add(number ? new Value.Number(numbers.applyAsLong(slot)) : others[slot]);
        }
        return new RawFiring(point, nanos, by.pid(), by.tid(), by.command(), values, callers);
    }
}
