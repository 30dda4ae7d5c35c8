package io.probeunit.internal.engine.stap;

import io.probeunit.internal.engine.Demand;
import io.probeunit.internal.engine.IntegerFilter;
import io.probeunit.internal.plan.Capture;
import io.probeunit.internal.plan.Expectation;
import io.probeunit.internal.plan.ProbeRequest;
import java.util.Optional;

/** Requests that SystemTap can serve, but the built-in engine serves better. */
final class Weaknesses {

    /** Taking them away keeps a run waiting for some three seconds; with the built-in engine it takes as long as for one. */
    private static final int MANY_POINTS = 30;

    private Weaknesses() {}

    static Optional<String> of(Demand demand) {
        return text(demand).or(() -> burst(demand)).or(() -> points(demand));
    }

    private static Optional<String> text(Demand demand) {
        return demand.requests().stream()
                .filter(request -> request.captures().stream().anyMatch(Capture::isString))
                .findFirst()
                .map(request ->
                        "%s captures text; SystemTap reads only %d bytes of it, and nothing from a page that is not in memory"
                                .formatted(request.declaration(), FiringDecoder.LONGEST_STRING));
    }

    /** What is captured for conditions on integers alone needs no details. */
    private static Optional<String> burst(Demand demand) {
        return demand.expectations().stream()
                .filter(expectation -> expectation.bounds().atLeast() > BpfScript.MOST_CREDIT)
                .filter(Weaknesses::wantsDetails)
                .findFirst()
                .map(expectation ->
                        "%s captures values of more than %d firings, and SystemTap may drop those of a burst"
                                .formatted(expectation.probe().declaration(), BpfScript.MOST_CREDIT));
    }

    private static boolean wantsDetails(Expectation expectation) {
        ProbeRequest request = expectation.probe();
        return request.captures().stream()
                .anyMatch(capture -> IntegerFilter.of(expectation.where()).stream()
                        .flatMap(filter -> filter.conditions().stream())
                        .noneMatch(condition -> condition.value().source().equals(capture.source())));
    }

    private static Optional<String> points(Demand demand) {
        return demand.points() <= MANY_POINTS
                ? Optional.empty()
                : Optional.of("it has %d probe points or more, and SystemTap needs about 0.1 s to remove each"
                        .formatted(demand.points()));
    }
}
