package io.probeunit.internal.recording;

import io.probeunit.ProbeException;
import io.probeunit.internal.plan.Capture;
import io.probeunit.internal.plan.Condition;
import io.probeunit.internal.plan.CountBounds;
import io.probeunit.internal.plan.Expectation;
import io.probeunit.internal.plan.PlanException;
import io.probeunit.internal.plan.ProbeRequest;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Conditions that a test gives in its code, read against what its annotations capture. */
final class Conditions {

    private static final CountBounds ANY = new CountBounds(0, CountBounds.UNLIMITED);

    private Conditions() {}

    /** Reads the conditions for one point. */
    static Filter filter(PointView point, List<String> texts) {
        return new Filter(
                point,
                texts.stream()
                        .map(t -> parse(t, point.requests(), point.captures().values(), point.name()))
                        .toList());
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
            requests.forEach(r -> new Expectation(r, ANY, List.of(condition), Optional.empty()));
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
