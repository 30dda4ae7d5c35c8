package io.probeunit.engine.perf;

import java.util.HashMap;
import java.util.Map;

/**
 * What the samples tell of the counters: each carries that of its event on its CPU, so the last one tells how many firings
 * there were, the lost ones included. Only what was lost after the last sample is not seen. Guarded by its owner.
 */
final class Tally {

    /** A pass over the rings that found less than this in all of them together has found none of them full. */
    private static final long SAFE = RecordingTool.RING - (1 << 16);

    private final Map<Long, Long> last = new HashMap<>();
    private final long[] counted;
    private long full;
    private long known;

    Tally(int events) {
        counted = new long[events];
    }

    void sample(int event, long source, long count) {
        Long before = last.put(source, count);
        counted[event] += count - (before == null ? 0 : before);
    }

    void round(long bytes) {
        if (bytes >= SAFE) {
            full++;
        }
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
