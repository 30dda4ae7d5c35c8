package io.probeunit.internal.columns;

import io.probeunit.internal.engine.Details;
import io.probeunit.internal.engine.RawFiring;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The details of one point's firings, kept in columns: about 10 bytes a firing and 1 to 8 a captured integer. In the order
 * of arrival, which is not exactly that of time. Guarded by its owner's lock; views are safe to read without it.
 */
public final class FiringColumns {

    /** Fewer are copied row by row rather than kept as a chunk of their own. */
    private static final int FEW = 512;

    private final int point;
    private final int slots;
    private final Tasks tasks = new Tasks();
    private final List<PackedChunk> full = new ArrayList<>();
    private Optional<OpenChunk> open = Optional.empty();
    private int inFull;

    /**
     * Creates empty columns.
     *
     * @param point the number of the probe point in its session
     * @param slots how many values a firing has
     */
    public FiringColumns(int point, int slots) {
        this.point = point;
        this.slots = slots;
    }

    /** The number of firings. */
    public int size() {
        return inFull + open.map(OpenChunk::size).orElse(0);
    }

    /** Adds one firing, behind those that are there. */
    public void add(Details firing) {
        if (open.isEmpty()) {
            open = Optional.of(new OpenChunk(point, tasks, slots));
        }
        OpenChunk chunk = open.get();
        chunk.add(firing);
        if (chunk.isFull()) {
            seal();
        }
    }

    /** Takes over all rows of another one, which is not used any more. */
    public void addAll(FiringColumns other) {
        if (other.size() <= FEW) {
            other.view().forEach(this::add);
            return;
        }
        seal();
        other.seal();
        full.addAll(other.full);
        inFull += other.inFull;
    }

    /**
     * Takes out the first rows in the order of time; all of them if there are no more.
     *
     * @param count how many
     */
    public FiringColumns takeFirst(long count) {
        FiringColumns first = new FiringColumns(point, slots);
        FiringColumns rest = new FiringColumns(point, slots);
        if (count >= size()) {
            first.addChunksOf(this);
        } else {
            split(count, first, rest);
        }
        clear();
        addChunksOf(rest);
        return first;
    }

    /** The rows that there are now; what is added later is not seen. */
    public List<RawFiring> view() {
        List<Chunk> chunks = new ArrayList<>(full);
        open.ifPresent(chunks::add);
        return new View(chunks.toArray(Chunk[]::new));
    }

    private void split(long count, FiringColumns first, FiringColumns rest) {
        long[] times = new long[size()];
        int row = 0;
        for (RawFiring firing : view()) {
            times[row++] = firing.nanos();
        }
        Arrays.sort(times);
        long threshold = times[(int) count];
        long before = Arrays.stream(times).filter(t -> t < threshold).count();
        long ties = count - before;
        for (RawFiring firing : view()) {
            boolean tie = firing.nanos() == threshold && ties-- > 0;
            (firing.nanos() < threshold || tie ? first : rest).add(firing);
        }
    }

    private void addChunksOf(FiringColumns other) {
        full.addAll(other.full);
        inFull += other.inFull;
        other.open.ifPresent(chunk -> {
            full.add(chunk.pack());
            inFull += chunk.size();
        });
    }

    private void clear() {
        full.clear();
        open = Optional.empty();
        inFull = 0;
    }

    private void seal() {
        open.ifPresent(chunk -> {
            full.add(chunk.pack());
            inFull += chunk.size();
        });
        open = Optional.empty();
    }

    /** Rows of chunks as they were when this was made. */
    private static final class View extends AbstractList<RawFiring> {
        private final Chunk[] chunks;
        private final int[] ends;

        View(Chunk[] chunks) {
            this.chunks = chunks;
            this.ends = new int[chunks.length];
            int end = 0;
            for (int i = 0; i < chunks.length; i++) {
                end += chunks[i].size();
                ends[i] = end;
            }
        }

        @Override
        public int size() {
            return ends.length == 0 ? 0 : ends[ends.length - 1];
        }

        @Override
        public RawFiring get(int index) {
            if (index < 0 || index >= size()) {
                throw new IndexOutOfBoundsException(index);
            }
            int found = Arrays.binarySearch(ends, index + 1);
            int chunk = found >= 0 ? found : -found - 1;
            return chunks[chunk].get(index - (chunk == 0 ? 0 : ends[chunk - 1]));
        }

        @Override
        public Iterator<RawFiring> iterator() {
            return new Iterator<>() {
                private int chunk;
                private int row;
                private int seen;

                @Override
                public boolean hasNext() {
                    return seen < size();
                }

                @Override
                public RawFiring next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException();
                    }
                    while (row == rows(chunk)) {
                        chunk++;
                        row = 0;
                    }
                    seen++;
                    return chunks[chunk].get(row++);
                }
            };
        }

        private int rows(int chunk) {
            return ends[chunk] - (chunk == 0 ? 0 : ends[chunk - 1]);
        }
    }
}
