package io.probeunit.internal.recording;

import io.probeunit.Firing;
import io.probeunit.internal.plan.CaptureSource;
import io.probeunit.internal.plan.Expectation;
import io.probeunit.internal.plan.Filter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Judges one expectation from the state at some moment. */
final class Judge {

    /** How many firings an outcome shows. */
    private static final int EXAMPLES = 5;

    /** Of how many the stack is shown. */
    private static final int CALLERS = 3;

    private static final String TOOK = new CaptureSource.Took().key();

    private final Expectation expectation;
    private final List<PointFilter> filters;

    Judge(Expectation expectation, View view) {
        this.expectation = expectation;
        this.filters = view.pointsOf(expectation.probe()).stream()
                .map(p -> new PointFilter(p, expectation.where()))
                .toList();
    }

    Expectation expectation() {
        return expectation;
    }

    List<PointView> points() {
        return filters.stream().map(PointFilter::point).toList();
    }

    Outcome judge(WindowState known) {
        QueryAnswer answer = new QueryAnswer(filters, known);
        Observation seen = answer.observation();
        Optional<Punctuality> took = punctuality(answer);
        Verdict counted = Verdict.of(seen, expectation.bounds());
        Verdict verdict = took.map(times -> counted.and(times.verdict())).orElse(counted);
        List<Firing> all = verdict.isMet()
                ? List.of()
                : counted.isMet()
                        ? violations(known).firings()
                        : answer.unfiltered().firings();
        return new Outcome(
                expectation,
                verdict,
                seen,
                points().stream().map(p -> Summary.tally(p, known)).toList(),
                all.subList(0, Math.min(EXAMPLES, all.size())),
                took,
                verdict.isMet() ? List.of() : callers(answer, took),
                verdict.isMet() ? Optional.empty() : lackOfStacks(seen),
                List.of());
    }

    private Optional<Punctuality> punctuality(QueryAnswer answer) {
        return expectation.probe().took().map(limit -> {
            // what a call returns that has not returned may keep it from counting
            List<Optional<Boolean>> running = points().stream()
                    .flatMap(point -> answer.known().of(point).running().stream())
                    .map(nanos -> expectation.where().isNone() ? limit.violatedBy(nanos) : Optional.<Boolean>empty())
                    .toList();
            return new Punctuality(
                    limit,
                    answer.observation(),
                    violations(answer.known()).observation(),
                    running.stream().filter(late -> late.orElse(false)).count(),
                    running.stream().filter(Optional::isEmpty).count(),
                    answer.firings().stream()
                            .flatMap(firing ->
                                    Stream.ofNullable(firing.captures().get(TOOK)))
                            .filter(Long.class::isInstance)
                            .mapToLong(Long.class::cast)
                            .max());
        });
    }

    private QueryAnswer violations(WindowState known) {
        Filter late =
                expectation.where().and(expectation.probe().took().orElseThrow().violation());
        return new QueryAnswer(
                points().stream().map(p -> new PointFilter(p, late)).toList(), known);
    }

    /** Of those that took too long, or are too many, if any are, else of all that count. */
    private List<Firing> callers(QueryAnswer answer, Optional<Punctuality> took) {
        List<Firing> shown = took.filter(times -> !times.verdict().isMet()).isPresent()
                ? violations(answer.known()).firings()
                : beyond(answer.firings());
        return shown.stream().filter(Judge::hasStack).limit(CALLERS).toList();
    }

    private List<Firing> beyond(List<Firing> counted) {
        long most = expectation.bounds().atMost();
        return counted.size() > most ? counted.subList((int) most, counted.size()) : counted;
    }

    /** Where a stack would show who called too often. */
    private Optional<String> lackOfStacks(Observation seen) {
        return seen.certain() > expectation.bounds().atMost()
                ? points().stream()
                        .flatMap(point -> point.recorder().lackOfStacks().stream())
                        .findFirst()
                : Optional.empty();
    }

    private static boolean hasStack(Firing firing) {
        return !firing.stack().isEmpty() || firing.stackCut().isPresent();
    }

    /** Says whether no later firing can change the verdict. */
    boolean isDecided(WindowState known) {
        Observation seen = new QueryAnswer(filters, known).observation();
        boolean exceeded = seen.certain() > expectation.bounds().atMost();
        boolean reached = seen.certain() >= expectation.bounds().atLeast()
                && expectation.bounds().contains(Long.MAX_VALUE)
                && expectation.probe().took().isEmpty();
        boolean lost = filters.stream().anyMatch(f -> known.of(f.point()).lost().isPresent());
        return exceeded || reached || lost;
    }
}
