package io.probeunit.internal.columns;

import io.probeunit.internal.engine.Callers;
import io.probeunit.internal.engine.Details;
import io.probeunit.internal.engine.RawFiring;
import io.probeunit.internal.engine.RawFiring.Value;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A chunk that is being filled. One thread adds; others may read rows that they have learnt of under a lock. */
final class OpenChunk implements Chunk {

    /** So many that what a packed chunk costs beside its numbers does not count. */
    static final int MOST_ROWS = 4096;

    private static final int FIRST_ROWS = 16;

    private final int point;
    private final Tasks tasks;
    private int size;
    private long[] nanos = new long[FIRST_ROWS];
    private long[] task = new long[FIRST_ROWS];
    private final long[][] numbers;

    /** Values that are no numbers, by row and slot. */
    private final Map<Integer, Value[]> others = new ConcurrentHashMap<>();

    /** Of the few firings of which the stack was copied, by row. */
    private final Map<Integer, Callers> callers = new ConcurrentHashMap<>();

    OpenChunk(int point, Tasks tasks, int slots) {
        this.point = point;
        this.tasks = tasks;
        this.numbers = new long[slots][FIRST_ROWS];
    }

    boolean isFull() {
        return size == MOST_ROWS;
    }

    void add(Details firing) {
        if (size == nanos.length) {
            grow(2 * size);
        }
        nanos[size] = firing.nanos();
        task[size] = tasks.number(firing.pid(), firing.tid(), firing.command());
        for (int slot = 0; slot < numbers.length; slot++) {
            if (firing.isNumber(slot)) {
                numbers[slot][size] = firing.number(slot);
            } else {
                others.computeIfAbsent(size, row -> new Value[numbers.length])[slot] = firing.value(slot);
            }
        }
        if (firing.callers() != Callers.NONE) {
            callers.put(size, firing.callers());
        }
        size++;
    }

    /** The same firings in the memory that they need. */
    PackedChunk pack() {
        return new PackedChunk(
                point,
                tasks,
                size,
                PackedLongs.of(nanos, size),
                PackedLongs.of(task, size),
                Arrays.stream(numbers)
                        .map(column -> PackedLongs.of(column, size))
                        .toList(),
                Map.copyOf(others),
                Map.copyOf(callers));
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public long nanos(int row) {
        return nanos[row];
    }

    @Override
    public RawFiring get(int row) {
        return Rows.row(
                point,
                nanos[row],
                tasks.get((int) task[row]),
                others.getOrDefault(row, Rows.ALL_NUMBERS),
                callers.getOrDefault(row, Callers.NONE),
                numbers.length,
                slot -> numbers[slot][row]);
    }

    private void grow(int rows) {
        nanos = Arrays.copyOf(nanos, rows);
        task = Arrays.copyOf(task, rows);
        for (int slot = 0; slot < numbers.length; slot++) {
            numbers[slot] = Arrays.copyOf(numbers[slot], rows);
        }
    }
}
