package io.probeunit.internal.recording;

import io.probeunit.ProbeException;
import io.probeunit.internal.plan.Capture;
import io.probeunit.internal.plan.Condition;
import io.probeunit.internal.plan.Filter;
import io.probeunit.internal.plan.PlanException;
import io.probeunit.internal.plan.ProbeRequest;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Conditions that a test gives in its code, read against what its annotations capture. */
final class ConditionsInCode {

    private ConditionsInCode() {}

    /** Reads the conditions for one point. */
    static PointFilter filter(PointView point, List<String> texts) {
        return new PointFilter(
                point,
                new Filter(texts.stream()
                        .map(t -> parse(t, point.requests(), point.captures().values(), point.name()))
                        .map(condition -> typed(point, condition))
                        .toList()));
    }

    private static Condition typed(PointView point, Condition condition) {
        if (condition.needsDeclaredType() && !point.isDeclared(condition.value())) {
            throw new ProbeException("Firings of %s: %s"
                    .formatted(point.name(), condition.withoutDeclaredType("No debug information gives it.")));
        }
        return condition;
    }

    /** Refuses what could never be answered, before the point is known. */
    static void check(ProbeRequest request, List<String> texts) {
        List<ProbeRequest> requests = List.of(request);
        texts.forEach(t -> parse(
                t,
                requests,
                CaptureTypes.united(requests).values(),
                request.point().describe()));
    }

    private static Condition parse(
            String text, List<ProbeRequest> requests, Collection<Capture> captures, String point) {
        try {
            Condition condition = Condition.parse(text, List.copyOf(captures));
            // the same rules as for conditions in annotations
            requests.forEach(
                    r -> new ProbeRequest(r.point(), r.captures(), new Filter(List.of(condition)), r.declaration()));
            if (requests.stream().flatMap(r -> r.captures().stream()).noneMatch(c -> serves(c, condition.value()))) {
                throw notCaptured(condition, captures, point);
            }
            return condition;
        } catch (PlanException e) {
            throw new ProbeException("Firings of %s: %s".formatted(point, e.getMessage()), e);
        }
    }

    private static boolean serves(Capture captured, Capture wanted) {
        return captured.source().equals(wanted.source()) && captured.isString() == wanted.isString();
    }

    private static ProbeException notCaptured(Condition condition, Collection<Capture> captures, String point) {
        return new ProbeException(
                "where(\"%s\"): %s is not captured at %s, which captures %s. Add capture = \"%s\" to its annotation."
                        .formatted(
                                condition.text(),
                                condition.value(),
                                point,
                                captures.isEmpty()
                                        ? "nothing"
                                        : captures.stream()
                                                .map(Capture::toString)
                                                .collect(Collectors.joining(", ")),
                                condition.value()));
    }
}
