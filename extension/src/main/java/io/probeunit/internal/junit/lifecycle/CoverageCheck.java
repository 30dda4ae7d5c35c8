package io.probeunit.internal.junit.lifecycle;

import io.probeunit.ProbeException;
import io.probeunit.internal.coverage.ClassCoverage;
import io.probeunit.internal.coverage.CoverageOutcome;
import io.probeunit.internal.coverage.CoveragePoint;
import io.probeunit.internal.inventory.FiredSnapshots;
import io.probeunit.internal.junit.declared.CoverageExpectation;
import io.probeunit.internal.junit.declared.CoverageRequest;
import io.probeunit.internal.junit.declared.TestPlace;
import io.probeunit.internal.plan.ProbeRequest;
import io.probeunit.internal.recording.Observation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.opentest4j.AssertionFailedError;

/** The {@code @ExpectCoverage} of a class, judged after its last test. */
final class CoverageCheck {

    private record Judged(CoverageExpectation expectation, CoverageOutcome outcome) {

        String expected() {
            return outcome.snapshot()
                    .map(snapshot -> lines(snapshot.names()))
                    .orElseGet(() -> outcome.atLeast().map(Object::toString).orElse(""));
        }

        String actual() {
            return outcome.snapshot()
                    .map(snapshot -> lines(outcome.coverage().fired()))
                    .orElseGet(outcome::summary);
        }

        private static String lines(Collection<String> names) {
            return names.stream().sorted().collect(Collectors.joining("\n"));
        }
    }

    private final FiredSnapshots snapshots;
    private final List<CoverageLog.Entry> entries;
    private final List<String> notRun;

    /**
     * Creates a check.
     *
     * @param entries of the tests of the class
     * @param tests all tests of the class
     */
    CoverageCheck(FiredSnapshots snapshots, List<CoverageLog.Entry> entries, List<TestPlace> tests) {
        this.snapshots = snapshots;
        this.entries = List.copyOf(entries);
        this.notRun = notRun(this.entries, tests);
    }

    private static List<String> notRun(List<CoverageLog.Entry> entries, List<TestPlace> tests) {
        Set<TestPlace> ran = entries.stream().map(CoverageLog.Entry::place).collect(Collectors.toSet());
        return Stream.concat(
                        tests.stream()
                                .filter(test -> !ran.contains(test))
                                .map(test -> test.name() + " did not run, or nothing could be counted in it"),
                        entries.stream()
                                .map(CoverageLog.Entry::coverage)
                                .flatMap(test -> test.cut().stream()
                                        .map(why -> test.test().shown() + " " + why)))
                .distinct()
                .toList();
    }

    /**
     * Judges, and writes snapshots if that is asked for.
     *
     * @param report gets a line for each expectation
     * @return what the class fails with; empty if it does not
     * @throws ProbeException if there is nothing to judge, or a snapshot cannot be used, with all the reasons
     */
    Optional<AssertionFailedError> judge(List<CoverageExpectation> expectations, List<String> report) {
        List<Judged> judged = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (CoverageExpectation expectation : expectations) {
            try {
                judged.add(new Judged(expectation, outcome(expectation)));
            } catch (ProbeException e) {
                problems.add(expectation.declaration() + ": " + e.getMessage());
            }
        }
        judged.forEach(j ->
                report.add(j.expectation().declaration() + ": " + j.outcome().summary()));
        Optional<AssertionFailedError> failure = failure(judged);
        if (!problems.isEmpty()) {
            ProbeException problem = new ProbeException(String.join("\n", problems));
            failure.ifPresent(problem::addSuppressed);
            throw problem;
        }
        return failure;
    }

    private CoverageOutcome outcome(CoverageExpectation expectation) {
        Set<ProbeRequest> requests = expectation.requests().stream()
                .map(CoverageRequest::request)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        ClassCoverage coverage = ClassCoverage.of(
                entries.stream()
                        .map(entry -> seen(entry, requests, expectation.container()))
                        .toList(),
                notRun);
        if (coverage.points().isEmpty()) {
            throw new ProbeException(
                    "no point that it means was counted (PU1310): counted were those of %s. Name one of these targets, or leave the container out."
                            .formatted(entries.stream()
                                    .flatMap(entry -> entry.coverage().seen().keySet().stream())
                                    .map(point -> point.file().container())
                                    .distinct()
                                    .sorted()
                                    .collect(Collectors.joining(", "))));
        }
        return new CoverageOutcome(coverage, expectation.atLeast(), snapshot(expectation, coverage), leftOut(requests));
    }

    private Optional<CoverageOutcome.Snapshot> snapshot(CoverageExpectation expectation, ClassCoverage coverage) {
        if (expectation.snapshot().isPresent() && snapshots.update()) {
            write(expectation, coverage);
            return Optional.empty();
        }
        return expectation
                .snapshot()
                .map(name -> snapshots.read(name, coverage.fired()))
                .map(there -> new CoverageOutcome.Snapshot(there.place(), there.names()));
    }

    /** What is not known must not be missing in a file that later runs believe. */
    private void write(CoverageExpectation expectation, ClassCoverage coverage) {
        List<ClassCoverage.Point> unknown = coverage.in(ClassCoverage.State.UNKNOWN);
        if (!unknown.isEmpty()) {
            throw new ProbeException(
                    "the snapshot was not written, since it is not known whether all its points have fired (PU1311): %s. Run the whole class, and mend what is in doubt."
                            .formatted(String.join("; ", doubts(unknown))));
        }
        if (coverage.fired().isEmpty()) {
            throw new ProbeException(
                    "the snapshot was not written, since no point fired (PU1312). Let the tests of the class run the code that has them.");
        }
        snapshots.write(expectation.snapshot().orElseThrow(), coverage.fired(), expectation.declaration());
    }

    private List<String> doubts(List<ClassCoverage.Point> unknown) {
        return Stream.concat(notRun.stream(), unknown.stream().flatMap(point -> point.doubts().stream()))
                .distinct()
                .toList();
    }

    private static Map<CoveragePoint, Observation> seen(
            CoverageLog.Entry entry, Set<ProbeRequest> requests, Optional<String> container) {
        Map<CoveragePoint, Observation> seen = new LinkedHashMap<>();
        requests.stream()
                .map(entry.points()::get)
                .filter(Objects::nonNull)
                .flatMap(Set::stream)
                .filter(point -> container
                        .map(name -> name.equals(point.file().container()))
                        .orElse(true))
                .forEach(point -> Stream.ofNullable(entry.coverage().seen().get(point))
                        .forEach(observation -> seen.put(point, observation)));
        return seen;
    }

    private Map<String, String> leftOut(Set<ProbeRequest> requests) {
        Map<String, String> leftOut = new HashMap<>();
        entries.forEach(entry -> requests.stream()
                .map(entry.leftOut()::get)
                .filter(Objects::nonNull)
                .forEach(its -> its.forEach((point, reason) -> leftOut.put(point.name(), reason))));
        return leftOut;
    }

    private static Optional<AssertionFailedError> failure(List<Judged> judged) {
        List<Judged> failed =
                judged.stream().filter(j -> !j.outcome().verdict().isMet()).toList();
        if (failed.isEmpty()) {
            return Optional.empty();
        }
        List<String> lines = new ArrayList<>();
        lines.add("%d of %d @ExpectCoverage not met, after the last test of the class"
                .formatted(failed.size(), judged.size()));
        for (int i = 0; i < failed.size(); i++) {
            lines.add("");
            lines.add("%d) %s".formatted(i + 1, failed.get(i).expectation().declaration()));
            failed.get(i).outcome().story().forEach(line -> lines.add("   " + line));
        }
        if (failed.stream().anyMatch(j -> j.outcome().snapshot().isPresent())) {
            lines.add(
                    "   to accept:    run the whole class once with -Dprobeunit.snapshots=update, and review the snapshot's diff");
        }
        return Optional.of(new AssertionFailedError(
                String.join("\n", lines), values(failed, Judged::expected), values(failed, Judged::actual)));
    }

    private static String values(List<Judged> failed, Function<Judged, String> value) {
        return failed.stream().map(value).collect(Collectors.joining("\n"));
    }
}
