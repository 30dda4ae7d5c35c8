package io.probeunit.internal.engine.perf;

import java.util.HashMap;
import java.util.Map;

/**
 * What the samples tell of the counters: each carries that of its event on its CPU, so the last one tells how many firings
 * there were, the lost ones included. Only what was lost after the last sample is not seen. Guarded by its owner.
 */
final class Tally {

    /** No ring was full that held less than this. */
    private static final long SAFE = RecordingTool.RING - (1 << 16);

    private final Map<Long, Long> last = new HashMap<>();
    private final long[] counted;
    private long bytesBefore;
    private long full;
    private long known;

    Tally(int events) {
        counted = new long[events];
    }

    /**
     * Takes a sample into account.
     *
     * <p>perf may hand a sample over twice: what comes into a ring between two of its looks at where the ring ends is read,
     * and not marked as read ({@code perf_mmap__push} in {@code tools/perf/util/mmap.c}). The same counter tells it.
     *
     * @return whether this is the first time
     */
    boolean sample(int event, long source, long count) {
        long before = last.getOrDefault(source, 0L);
        if (count <= before) {
            return false;
        }
        last.put(source, count);
        counted[event] += count - before;
        return true;
    }

    /**
     * Takes a pass over the rings into account, by what it found in all of them together. While perf hands one pass on, what
     * the pass found still takes its room in the rings; what comes meanwhile is found by the next one, beside which it was
     * there.
     */
    void round(long bytes) {
        if (bytesBefore + bytes >= SAFE) {
            full++;
        }
        bytesBefore = bytes;
    }

    void lost() {
        full++;
    }

    /** How often something happened until now after which there may be firings behind the last sample. */
    long doubts() {
        return full;
    }

    /** Whether there may be such firings. */
    boolean mayMiss() {
        return full > known;
    }

    /** It was found out that there were none, as of so many doubts. */
    void nothingMissed(long doubts) {
        known = Math.max(known, doubts);
    }

    /** The counters of all events, as far as samples tell them. */
    long[] counted() {
        return counted.clone();
    }
}
