package io.probeunit.internal.engine.perf;

import io.probeunit.internal.engine.perf.CpuProfile.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the events of all CPUs into the order of time, and counts samples by place, so that a long test takes no more memory
 * than a short one. For one thread.
 *
 * <p>perf reads the rings one after the other, and says when it has read all of them. What it finds in a later pass may be
 * older than what it found in this one, but not older than what it found in the pass before: {@code FINISHED_ROUND} in
 * {@code tools/perf/util/ordered-events.c} and {@code tools/perf/Documentation/perf.data-file-format.txt}.
 */
final class ProfileBuilder {

    private final AddressSpaces spaces = new AddressSpaces();
    private final Map<Place, Long> samples = new HashMap<>();
    private List<TaskEvent> pending = new ArrayList<>();
    private long newest;
    private long newestOfRoundBefore;

    void add(TaskEvent event) {
        pending.add(event);
        newest = Math.max(newest, event.nanos());
    }

    /** All rings were read once more. */
    void round() {
        countUpTo(newestOfRoundBefore);
        newestOfRoundBefore = newest;
    }

    CpuProfile finish(boolean incomplete) {
        countUpTo(Long.MAX_VALUE);
        return new CpuProfile(samples, incomplete);
    }

    private void countUpTo(long nanos) {
        // what is of one moment stays in the order of the records
        pending.sort(Comparator.comparingLong(TaskEvent::nanos));
        List<TaskEvent> later = new ArrayList<>();
        for (TaskEvent event : pending) {
            if (event.nanos() <= nanos) {
                spaces.take(event).ifPresent(place -> samples.merge(place, 1L, Long::sum));
            } else {
                later.add(event);
            }
        }
        pending = later;
    }
}
