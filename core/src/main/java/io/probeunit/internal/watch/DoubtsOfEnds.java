package io.probeunit.internal.watch;

import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.plan.Doubt;
import java.util.List;
import java.util.stream.Collectors;

/** Doubts for windows in which a probe may have ended a program. */
final class DoubtsOfEnds {

    /** Of a breakpoint that the kernel knows no probe at. */
    private static final int SIGTRAP = 5;

    private DoubtsOfEnds() {}

    /**
     * The doubt whether a probe has ended a program.
     *
     * @param end of a program, in words
     * @param signal that ended it
     * @param points what the window wants
     * @return a doubt; none where no probe can be the cause
     */
    static List<Doubt> of(String end, int signal, List<WatchedPoint> points) {
        if (signal == SIGTRAP) {
            return List.of(Doubt.program(
                    "%s while probes were armed: a probe may be the cause: it is a breakpoint in the code, and if a program copies or moves its code to other memory, the copy has a breakpoint that the kernel does not know; start the program without that, or before the window"
                            .formatted(end)));
        }
        String returns = points.stream()
                .map(WatchedPoint::point)
                .filter(point -> point instanceof ProbePoint.Function function && function.onReturn())
                .map(ProbePoint::name)
                .collect(Collectors.joining(", "));
        return returns.isEmpty() || !SignalName.isOwn(signal)
                ? List.of()
                : List.of(Doubt.program(
                        "%s while %s was probed: a return probe may be the cause: it replaces the return address, which breaks exceptions and code that switches stacks; probe the entry (without onReturn), or a function that is called after the return"
                                .formatted(end, returns)));
    }
}
