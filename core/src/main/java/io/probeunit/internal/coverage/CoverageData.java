package io.probeunit.internal.coverage;

import io.probeunit.internal.recording.Observation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The coverage of all tests that are known, of this run and of earlier ones. Immutable.
 *
 * @param tests each once, in the order in which they ended
 */
public record CoverageData(List<Ran> tests) {

    /** Keeps a copy of the list. */
    public CoverageData {
        tests = List.copyOf(tests);
    }

    /**
     * A test as it ran last.
     *
     * @param test which one
     * @param ended when, in milliseconds since 1970
     * @param builds what distinguishes the build of each file
     * @param hits of each point that was counted
     * @param leftOut what could not be counted, with the reasons
     */
    public record Ran(
            TestCoverage.Test test,
            long ended,
            Map<CoveragePoint.File, String> builds,
            Map<CoveragePoint, Hits> hits,
            Map<CoveragePoint, String> leftOut) {

        /** Keeps copies of the maps. */
        public Ran {
            builds = Map.copyOf(builds);
            hits = Map.copyOf(hits);
            leftOut = Map.copyOf(leftOut);
        }

        static Ran of(TestCoverage test) {
            Map<CoveragePoint, Hits> hits = new LinkedHashMap<>();
            test.seen().forEach((point, observation) -> hits.put(point, Hits.of(observation)));
            return new Ran(test.test(), test.ended(), test.builds(), hits, test.leftOut());
        }

        private Ran without(Map<CoveragePoint.File, String> newest) {
            Map<CoveragePoint, Hits> kept = new LinkedHashMap<>(hits);
            kept.keySet()
                    .removeIf(point -> !Optional.ofNullable(newest.get(point.file()))
                            .equals(Optional.ofNullable(builds.get(point.file()))));
            return kept.size() == hits.size() ? this : new Ran(test, ended, builds, kept, leftOut);
        }
    }

    /**
     * How often a point fired.
     *
     * @param atLeast for sure
     * @param atMost as far as is known; {@link Long#MAX_VALUE} if that is not known
     */
    public record Hits(long atLeast, long atMost) {

        static final Hits NONE = new Hits(0, 0);

        static Hits of(Observation observation) {
            return new Hits(observation.certain(), observation.possible());
        }

        Hits plus(Hits other) {
            boolean open = atMost == Long.MAX_VALUE || other.atMost == Long.MAX_VALUE;
            return new Hits(atLeast + other.atLeast, open ? Long.MAX_VALUE : atMost + other.atMost);
        }

        /** As a number, or what is known of it. */
        String text() {
            if (atLeast == atMost) {
                return String.valueOf(atLeast);
            }
            return atMost == Long.MAX_VALUE ? "at least " + atLeast : atLeast + " to " + atMost;
        }
    }

    /**
     * A point with all tests in which it fired, or may have fired.
     *
     * @param point which one
     * @param hits in all of them
     * @param tests by their places in {@link CoverageData#tests()}, in this order
     */
    record Row(CoveragePoint point, Hits hits, Map<Integer, Hits> tests) {

        /** Those that never fired come first, then those of which that is not known. */
        static final Comparator<Row> ORDER = Comparator.<Row>comparingInt(
                        row -> row.hits().atLeast() > 0 ? 2 : row.hits().atMost() > 0 ? 1 : 0)
                .thenComparing(Row::point);

        /** In a word. */
        String state() {
            return hits.atLeast() > 0 ? "fired" : hits.atMost() > 0 ? "unknown" : "never";
        }
    }

    /**
     * This and the tests of another run. A test that ran again replaces what it was; and what was counted in another build of a
     * file than the newest is dropped.
     *
     * @param run of which the tests ran later than these
     * @return all together
     */
    public CoverageData with(Collection<TestCoverage> run) {
        Map<String, Ran> all = new LinkedHashMap<>();
        tests.forEach(test -> all.put(test.test().id(), test));
        run.stream().map(Ran::of).forEach(test -> all.put(test.test().id(), test));
        List<Ran> ordered = all.values().stream()
                .sorted(Comparator.comparingLong(Ran::ended))
                .toList();
        Map<CoveragePoint.File, String> newest = builds(ordered);
        return new CoverageData(
                ordered.stream().map(test -> test.without(newest)).toList());
    }

    /** The newest build of each file. */
    Map<CoveragePoint.File, String> builds() {
        return builds(tests);
    }

    private static Map<CoveragePoint.File, String> builds(List<Ran> ordered) {
        Map<CoveragePoint.File, String> newest = new TreeMap<>();
        ordered.forEach(test -> newest.putAll(test.builds()));
        return newest;
    }

    /** Each point once, what never fired first. */
    List<Row> rows() {
        Map<CoveragePoint, Map<Integer, Hits>> all = new TreeMap<>();
        for (int i = 0; i < tests.size(); i++) {
            int test = i;
            tests.get(i).hits().forEach((point, hits) -> {
                Map<Integer, Hits> its = all.computeIfAbsent(point, p -> new LinkedHashMap<>());
                if (hits.atMost() > 0) {
                    its.put(test, hits);
                }
            });
        }
        List<Row> rows = new ArrayList<>();
        all.forEach((point, its) ->
                rows.add(new Row(point, its.values().stream().reduce(Hits.NONE, Hits::plus), its)));
        rows.sort(Row.ORDER);
        return rows;
    }

    /** What could not be counted; another version of a function may have the same name, and be counted. */
    Map<CoveragePoint, String> leftOut() {
        Map<CoveragePoint, String> leftOut = new TreeMap<>();
        tests.forEach(test -> leftOut.putAll(test.leftOut()));
        return leftOut;
    }
}
