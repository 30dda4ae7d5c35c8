package io.probeunit.engine.stap;

import io.probeunit.engine.Barrier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What is known of a session's counters: what the script answered, and the lines that arrived. Not thread-safe. */
final class Counters {

    private final long[] printed;
    private final long[] unprinted;
    private final long[] received;
    private final long[] given;
    private long nanos;

    Counters(int points) {
        printed = new long[points];
        unprinted = new long[points];
        received = new long[points];
        given = new long[points];
    }

    void arrived(int point) {
        received[point]++;
    }

    /** Takes a part of an answer: {@code PRINTED UNPRINTED …} from a point on. */
    void answer(int firstPoint, long[] numbers) {
        for (int i = 0; i < numbers.length / 2; i++) {
            printed[firstPoint + i] = numbers[2 * i];
            unprinted[firstPoint + i] = numbers[2 * i + 1];
        }
    }

    void answeredAt(long time) {
        nanos = time;
    }

    /** Whether every line that the answer knows of has arrived, or was given up. */
    boolean isComplete() {
        return IntStream.range(0, printed.length).allMatch(i -> received[i] + given[i] >= printed[i]);
    }

    /** Gives up the lines that have not arrived; how many these are of each point. */
    long[] giveUp() {
        long[] before = given.clone();
        Arrays.setAll(given, i -> Math.max(given[i], printed[i] - received[i]));
        return IntStream.range(0, given.length)
                .mapToLong(i -> given[i] - before[i])
                .toArray();
    }

    /** The counters, in which lines that were given up are firings without details. */
    Barrier barrier() {
        List<Barrier.Count> counts = IntStream.range(0, printed.length)
                .mapToObj(i -> new Barrier.Count(printed[i] + unprinted[i], printed[i] - given[i]))
                .toList();
        return new Barrier(nanos, counts);
    }
}
