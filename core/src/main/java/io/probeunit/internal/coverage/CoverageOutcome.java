package io.probeunit.internal.coverage;

import io.probeunit.internal.coverage.ClassCoverage.Point;
import io.probeunit.internal.coverage.ClassCoverage.State;
import io.probeunit.internal.plan.Share;
import io.probeunit.internal.recording.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What became of one expectation of coverage.
 *
 * @param coverage the points that are meant
 * @param atLeast the share that is expected
 * @param snapshot what must fire
 * @param leftOut the names of what cannot be counted, with the reasons
 */
public record CoverageOutcome(
        ClassCoverage coverage, Optional<Share> atLeast, Optional<Snapshot> snapshot, Map<String, String> leftOut) {

    private static final int MOST_SHOWN = 100;

    /**
     * A snapshot.
     *
     * @param place of it
     * @param names that must fire
     */
    public record Snapshot(String place, Set<String> names) {}

    /** Keeps a copy of the map. */
    public CoverageOutcome {
        leftOut = Map.copyOf(leftOut);
    }

    /**
     * Whether it is met.
     *
     * @return unmet if anything is, whatever is not known
     */
    public Verdict verdict() {
        List<Verdict> both = List.of(ofShare(), ofSnapshot());
        return both.stream()
                .filter(Verdict.Unmet.class::isInstance)
                .findFirst()
                .or(() -> both.stream().filter(verdict -> !verdict.isMet()).findFirst())
                .orElseGet(Verdict.Met::new);
    }

    private Verdict ofShare() {
        long fired = count(State.FIRED);
        if (atLeast.isEmpty() || atLeast.get().isReached(fired, all())) {
            return new Verdict.Met();
        }
        return atLeast.get().isReached(fired + count(State.UNKNOWN), all())
                ? new Verdict.Inconclusive(coverage.doubts())
                : new Verdict.Unmet();
    }

    private Verdict ofSnapshot() {
        if (!silent().isEmpty() || !gone().isEmpty()) {
            return new Verdict.Unmet();
        }
        return unknown().isEmpty() && notCounted().isEmpty()
                ? new Verdict.Met()
                : new Verdict.Inconclusive(coverage.doubts());
    }

    private long all() {
        return coverage.points().size();
    }

    private long count(State state) {
        return coverage.in(state).size();
    }

    /** Names of the snapshot that did not fire, for sure. */
    private List<String> silent() {
        return named(points -> !points.isEmpty() && points.stream().allMatch(p -> p.state() == State.SILENT));
    }

    /** Names of the snapshot of which it is not known whether they fired. */
    private List<String> unknown() {
        return named(points -> points.stream().noneMatch(p -> p.state() == State.FIRED)
                && points.stream().anyMatch(p -> p.state() == State.UNKNOWN));
    }

    private List<String> gone() {
        return named(List::isEmpty).stream()
                .filter(name -> !leftOut.containsKey(name))
                .toList();
    }

    private List<String> notCounted() {
        return named(List::isEmpty).stream().filter(leftOut::containsKey).toList();
    }

    private List<String> named(Predicate<List<Point>> wanted) {
        return snapshot.map(Snapshot::names).orElse(Set.of()).stream()
                .filter(name -> wanted.test(coverage.named(name)))
                .sorted()
                .toList();
    }

    /** How much fired, in a line. */
    public String summary() {
        return "%d of %d points fired (%s)".formatted(count(State.FIRED), all(), Share.text(count(State.FIRED), all()));
    }

    /**
     * The whole story of an expectation that is not met.
     *
     * @return lines without an indent
     */
    public List<String> story() {
        List<String> lines = new ArrayList<>();
        if (verdict() instanceof Verdict.Inconclusive) {
            add(lines, "verdict", List.of("inconclusive: the points that are missing may fire, see the doubts"));
        }
        atLeast.ifPresent(share -> add(lines, "expected", List.of("at least " + share + " of the points fire")));
        add(lines, "counted", List.of(summary()));
        snapshot.ifPresent(there -> {
            add(lines, "silent", silent());
            add(
                    lines,
                    "gone",
                    gone().stream()
                            .map(name -> name + " (not in the file any more)")
                            .toList());
            add(
                    lines,
                    "not counted",
                    notCounted().stream()
                            .map(name -> name + ": " + leftOut.get(name))
                            .toList());
            add(lines, "in doubt", unknown());
            add(lines, "snapshot", List.of(there.place()));
        });
        if (!ofShare().isMet()) {
            add(lines, "never fired", names(State.SILENT));
            add(lines, "may not fire", names(State.UNKNOWN));
        }
        add(lines, "doubts", coverage.doubts());
        return lines;
    }

    private List<String> names(State state) {
        return coverage.in(state).stream()
                .map(point -> point.point().name())
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .toList();
    }

    private static void add(List<String> lines, String label, List<String> texts) {
        for (int i = 0; i < Math.min(MOST_SHOWN, texts.size()); i++) {
            lines.add("%-13s %s".formatted(i == 0 ? label + ":" : "", texts.get(i)));
        }
        if (texts.size() > MOST_SHOWN) {
            lines.add("%-13s and %d more".formatted("", texts.size() - MOST_SHOWN));
        }
    }
}
