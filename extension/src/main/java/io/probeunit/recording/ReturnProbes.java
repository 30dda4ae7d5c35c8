package io.probeunit.recording;

import io.probeunit.engine.ProbePoint;
import java.util.List;
import java.util.stream.Collectors;

/** What is said where a return probe may have ended a program. */
final class ReturnProbes {

    private ReturnProbes() {}

    /**
     * Why nothing that a window saw is sure.
     *
     * @param ends that a program brought upon itself, in words
     * @param points what the window wants
     * @return a reason for each end; none where no returns are probed
     */
    static List<String> harms(List<String> ends, List<WatchedPoint> points) {
        String returns = points.stream()
                .map(WatchedPoint::point)
                .filter(point -> point instanceof ProbePoint.Function function && function.onReturn())
                .map(ProbePoint::name)
                .collect(Collectors.joining(", "));
        return returns.isEmpty()
                ? List.of()
                : ends.stream()
                        .map(end ->
                                "%s while %s was probed: a return probe may be the cause, since it stands in place of the return address, which exceptions and code that switches stacks do not get past; probe the entry (without onReturn), or what is called behind the return"
                                        .formatted(end, returns))
                        .toList();
    }
}
