package io.probeunit.internal.engine.stap;

import io.probeunit.internal.engine.Barrier;
import io.probeunit.internal.engine.Barrier.Judged;
import io.probeunit.internal.engine.IntegerFilter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The state of a session's counters: the script's answers, and the lines that arrived. Not thread-safe. */
final class Counters {

    private final MapLayout layout;
    private final long[] answered;
    private final long[] received;
    private final long[] given;
    private long nanos;

    Counters(MapLayout layout) {
        this.layout = layout;
        answered = new long[layout.answered()];
        received = new long[layout.points()];
        given = new long[layout.points()];
    }

    void arrived(int point) {
        received[point]++;
    }

    /** Takes a part of an answer: numbers from a key on, of which the last ones may lie behind what is asked for. */
    void answer(int firstKey, long[] numbers) {
        System.arraycopy(numbers, 0, answered, firstKey, Math.min(numbers.length, answered.length - firstKey));
    }

    void answeredAt(long time) {
        nanos = time;
    }

    /** Whether every line that the answer knows of has arrived, or was given up. */
    boolean isComplete() {
        return points().allMatch(i -> received[i] + given[i] >= printed(i));
    }

    /** Gives up the lines that have not arrived; how many these are of each point. */
    long[] giveUp() {
        long[] before = given.clone();
        Arrays.setAll(given, i -> Math.max(given[i], printed(i) - received[i]));
        return points().mapToLong(i -> given[i] - before[i]).toArray();
    }

    /** The counters, in which lines that were given up are firings without details. */
    Barrier barrier() {
        List<Barrier.Count> counts = points().mapToObj(this::count).toList();
        return new Barrier(nanos, counts);
    }

    private Barrier.Count count(int point) {
        long unprinted = answered[MapLayout.unprinted(point)];
        Map<IntegerFilter, Judged> judged = new HashMap<>();
        List<IntegerFilter> filters = layout.judging().filters().get(point);
        for (int i = 0; i < filters.size(); i++) {
            judged.put(
                    filters.get(i),
                    new Judged(unprinted - answered[layout.undecided(point, i)], answered[layout.satisfied(point, i)]));
        }
        return new Barrier.Count(printed(point) + unprinted, printed(point) - given[point], judged);
    }

    private long printed(int point) {
        return answered[MapLayout.printed(point)];
    }

    private IntStream points() {
        return IntStream.range(0, received.length);
    }
}
