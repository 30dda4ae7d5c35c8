package io.probeunit.internal.columns;

import io.probeunit.internal.engine.Callers;
import io.probeunit.internal.engine.RawFiring;
import io.probeunit.internal.engine.RawFiring.Value;
import java.util.List;
import java.util.Map;

/**
 * A chunk that is complete, in columns of as few bytes as they need.
 *
 * @param point index of the point in its session
 * @param tasks who fired
 * @param size rows
 * @param nanos the kernel's clock, for each row
 * @param task number of the task, for each row
 * @param numbers for each slot, the value of each row
 * @param others values that are no numbers, by row and slot
 * @param callers of the firings of which the stack was copied, by row
 */
record PackedChunk(
        int point,
        Tasks tasks,
        int size,
        PackedLongs nanos,
        PackedLongs task,
        List<PackedLongs> numbers,
        Map<Integer, Value[]> others,
        Map<Integer, Callers> callers)
        implements Chunk {

    @Override
    public long nanos(int row) {
        return nanos.get(row);
    }

    @Override
    public RawFiring get(int row) {
        return Rows.row(
                point,
                nanos.get(row),
                tasks.get((int) task.get(row)),
                others.getOrDefault(row, Rows.ALL_NUMBERS),
                callers.getOrDefault(row, Callers.NONE),
                numbers.size(),
                slot -> numbers.get(slot).get(row));
    }
}
