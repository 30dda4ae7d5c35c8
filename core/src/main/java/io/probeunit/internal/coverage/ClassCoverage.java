package io.probeunit.internal.coverage;

import io.probeunit.internal.recording.Observation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is known of some points after all tests of a class.
 *
 * @param points in their order
 * @param notRun tests of the class that did not run, or not to their end, each with the reason; the points that did not fire may
 *     fire there
 */
public record ClassCoverage(List<Point> points, List<String> notRun) {

    /** Keeps copies of the lists. */
    public ClassCoverage {
        points = List.copyOf(points);
        notRun = List.copyOf(notRun);
    }

    /** Whether a point fired. */
    public enum State {
        /** At least once, for sure. */
        FIRED,
        /** Never, for sure. */
        SILENT,
        /** That is not known. */
        UNKNOWN
    }

    /**
     * What is known of one point.
     *
     * @param point which one
     * @param state whether it fired
     * @param doubts if that is not known: why
     */
    public record Point(CoveragePoint point, State state, List<String> doubts) {

        /** Keeps a copy of the list. */
        public Point {
            doubts = List.copyOf(doubts);
        }
    }

    /**
     * Adds up tests.
     *
     * @param tests what each invocation saw of the points that are meant
     * @param notRun tests that did not run, or not to their end
     * @return what is known now
     */
    public static ClassCoverage of(Collection<Map<CoveragePoint, Observation>> tests, List<String> notRun) {
        Map<CoveragePoint, List<Observation>> seen = new TreeMap<>();
        tests.forEach(test -> test.forEach((point, observation) ->
                seen.computeIfAbsent(point, p -> new ArrayList<>()).add(observation)));
        return new ClassCoverage(
                seen.entrySet().stream()
                        .map(e -> point(e.getKey(), e.getValue(), notRun))
                        .toList(),
                notRun);
    }

    private static Point point(CoveragePoint point, List<Observation> seen, List<String> notRun) {
        if (seen.stream().anyMatch(observation -> observation.certain() > 0)) {
            return new Point(point, State.FIRED, List.of());
        }
        Set<String> doubts = new LinkedHashSet<>();
        seen.forEach(observation -> doubts.addAll(observation.doubtsOfCount()));
        boolean possible = !notRun.isEmpty() || seen.stream().anyMatch(observation -> observation.possible() > 0);
        return new Point(point, possible ? State.UNKNOWN : State.SILENT, List.copyOf(doubts));
    }

    /** The points of which so much is known. */
    public List<Point> in(State state) {
        return points.stream().filter(point -> point.state() == state).toList();
    }

    /** The points of a name: of several files, if they have it. */
    List<Point> named(String name) {
        return points.stream()
                .filter(point -> point.point().name().equals(name))
                .toList();
    }

    /** The names of the points that fired. */
    public List<String> fired() {
        return in(State.FIRED).stream()
                .map(point -> point.point().name())
                .distinct()
                .toList();
    }

    /** All doubts about points that may have fired. */
    List<String> doubts() {
        return Stream.concat(
                        in(State.UNKNOWN).stream()
                                .flatMap(point -> point.doubts().stream())
                                .distinct(),
                        notRun.stream().map(test -> "it did not run whole: " + test))
                .toList();
    }
}
