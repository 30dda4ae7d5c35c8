package io.probeunit.internal.engine.stap;

import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.engine.IntegerFilter;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The conditions by which the script judges firings whose details it does not print.
 *
 * @param filters for each point
 */
record Judging(List<List<IntegerFilter>> filters) {

    /** What one point is judged by at most: a firing without details pays for each. */
    static final int MOST = 16;

    /** What is said to ourselves where SystemTap keeps the program's registers where {@link JudgingCode} does not look. */
    static final String NOT_SERVED =
            "SystemTap does not keep the context of a probe in R6, so the probes cannot judge.";

    /** What SystemTap says where a handler wants more than the 512 bytes of a BPF program's stack. */
    private static final String NO_ROOM = "BPF stack size";

    Judging {
        filters = filters.stream().map(List::copyOf).toList();
    }

    /** By nothing. */
    static Judging none(int points) {
        return new Judging(IntStream.range(0, points)
                .mapToObj(point -> List.<IntegerFilter>of())
                .toList());
    }

    /**
     * What to try, the best first, and nothing at last: how much of the handler's stack SystemTap uses is known when it has compiled it. Strings
     * take up most of the stack, and each read of memory some more.
     *
     * @param room for how many filters there are numbers
     */
    static List<Judging> attempts(List<ProbePoint> points, int room) {
        return Stream.<BiPredicate<PointReading, IntegerFilter>>of(
                        (point, filter) -> true,
                        (point, filter) -> !hasText(point) || !readsMemory(point, filter),
                        (point, filter) -> !hasText(point),
                        (point, filter) -> false)
                .map(served -> of(points, room, served))
                .distinct()
                .toList();
    }

    private static Judging of(List<ProbePoint> points, int room, BiPredicate<PointReading, IntegerFilter> served) {
        List<List<IntegerFilter>> filters = new ArrayList<>();
        int left = room;
        for (ProbePoint point : points) {
            PointReading reading = PointReading.of(point);
            List<IntegerFilter> ofPoint = point.filters().stream()
                    .filter(filter -> isRead(point, filter) && served.test(reading, filter))
                    .limit(Math.max(0, Math.min(MOST, left)))
                    .toList();
            filters.add(ofPoint);
            left -= ofPoint.size();
        }
        return new Judging(filters);
    }

    /** Whether a failure may be owed to what is judged. */
    boolean isToBlame(EngineException failure) {
        String message = String.valueOf(failure.getMessage());
        return !isEmpty() && (message.contains(NO_ROOM) || message.equals(NOT_SERVED));
    }

    boolean isEmpty() {
        return count() == 0;
    }

    int count() {
        return filters.stream().mapToInt(List::size).sum();
    }

    /** Filters of the points before one. */
    int before(int point) {
        return filters.subList(0, point).stream().mapToInt(List::size).sum();
    }

    private static boolean isRead(ProbePoint point, IntegerFilter filter) {
        return filter.conditions().stream()
                .allMatch(condition ->
                        point.slots().contains(new Slot(condition.value().source(), false)));
    }

    private static boolean hasText(PointReading reading) {
        return reading.point().slots().stream().anyMatch(Slot::text);
    }

    private static boolean readsMemory(PointReading reading, IntegerFilter filter) {
        return filter.conditions().stream()
                .anyMatch(condition -> reading.sites().stream()
                        .anyMatch(site -> reading.value(site, condition.value()) instanceof Reading.Memory));
    }
}
