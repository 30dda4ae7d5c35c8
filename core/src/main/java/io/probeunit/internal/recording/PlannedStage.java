package io.probeunit.internal.recording;

import io.probeunit.Loss;
import io.probeunit.internal.plan.FunctionSpec;
import io.probeunit.internal.plan.MarkSpec;
import io.probeunit.internal.plan.ProbePlan;
import io.probeunit.internal.plan.ProbeRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Before the window opens: nothing has fired, and only the annotations are known.
 *
 * @param plan what the test asks for
 * @param targets the names of all targets
 */
record PlannedStage(ProbePlan plan, List<String> targets) implements Stage {

    PlannedStage {
        targets = List.copyOf(targets);
    }

    @Override
    public boolean isProbed(Query query) {
        return !find(query).isEmpty();
    }

    @Override
    public void check(Selection selection) {
        List<ProbeRequest> found = find(selection.query());
        if (found.isEmpty() && selection.query().kind() != Query.Kind.EVERYTHING) {
            throw QueryErrors.notProbed(selection.query(), names(), described());
        }
        for (String container : selection.containers()) {
            if (!targets.contains(container)) {
                throw QueryErrors.noSuchTarget(container, targets);
            }
        }
        found.forEach(r -> ConditionsInCode.check(r, selection.conditions()));
    }

    @Override
    public List<QueryAnswer> answers(List<Selection> selections) {
        selections.forEach(this::check);
        QueryAnswer nothing = new QueryAnswer(List.of(), new WindowState(0, 0, Map.of(), List.of()));
        return selections.stream().map(s -> nothing).toList();
    }

    @Override
    public Summary summary() {
        return new Summary(engine(), 0, Duration.ZERO, List.of(), List.of(), Loss.none(), List.of());
    }

    @Override
    public String engine() {
        return plan.requests().isEmpty() ? "none" : "none yet";
    }

    @Override
    public String describe() {
        return plan.requests().isEmpty()
                ? "no annotation of this test probes anything"
                : "the window has not opened yet";
    }

    private List<ProbeRequest> find(Query query) {
        List<ProbeRequest> found = named(query);
        return found.isEmpty() && query.kind() == Query.Kind.FUNCTION
                ? named(new Query(Query.Kind.RETURN, query.name()))
                : found;
    }

    private List<ProbeRequest> named(Query query) {
        NameRule rule = NameRule.of(query);
        return plan.requests().stream().filter(r -> rule.couldBe(r.point())).toList();
    }

    private List<String> names() {
        return plan.requests().stream()
                .map(ProbeRequest::point)
                .map(p -> p instanceof FunctionSpec function
                        ? function.function().text()
                        : ((MarkSpec) p).name().text())
                .toList();
    }

    private List<String> described() {
        return plan.requests().stream().map(r -> r.point().describe()).toList();
    }
}
