package io.probeunit.internal.recording;

import io.probeunit.Firing;
import io.probeunit.internal.plan.Expectation;
import java.util.List;

/** Judges one expectation from the state at some moment. */
final class Judge {

    /** How many firings an outcome shows. */
    private static final int EXAMPLES = 5;

    private final Expectation expectation;
    private final List<Filter> filters;

    Judge(Expectation expectation, View view) {
        this.expectation = expectation;
        this.filters = view.pointsOf(expectation.probe()).stream()
                .map(p -> new Filter(p, expectation.where()))
                .toList();
    }

    Expectation expectation() {
        return expectation;
    }

    List<PointView> points() {
        return filters.stream().map(Filter::point).toList();
    }

    Outcome judge(WindowState known) {
        Answer answer = new Answer(filters, known);
        Observation seen = answer.observation();
        Verdict verdict = Verdict.of(seen, expectation.bounds());
        List<Firing> all = verdict.isMet() ? List.of() : answer.unfiltered().firings();
        return new Outcome(
                expectation,
                verdict,
                seen,
                points().stream().map(p -> Summary.tally(p, known)).toList(),
                all.subList(0, Math.min(EXAMPLES, all.size())));
    }

    /** Says whether no later firing can change the verdict. */
    boolean isDecided(WindowState known) {
        Observation seen = new Answer(filters, known).observation();
        boolean exceeded = seen.certain() > expectation.bounds().atMost();
        boolean reached = seen.certain() >= expectation.bounds().atLeast()
                && expectation.bounds().contains(Long.MAX_VALUE);
        boolean lost = filters.stream().anyMatch(f -> known.of(f.point()).lost().isPresent());
        return exceeded || reached || lost;
    }
}
