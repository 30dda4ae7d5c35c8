package io.probeunit.internal.watch;

import io.probeunit.internal.engine.KernelWatch;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.plan.Doubt;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reports processes of a target that signals ended in a window, and returns that the kernel left out. A probe may have
 * ended a process: see {@link DoubtsOfEnds}.
 */
public final class ProcessWatch implements TargetWatch {

    private static final int MOST_NAMED = 5;

    private final String target;
    private final KernelWatch.Running watch;

    /**
     * Begins nothing yet.
     *
     * @param target as tests name it
     * @param watch looks at its processes
     */
    public ProcessWatch(String target, KernelWatch.Running watch) {
        this.target = target;
        this.watch = watch;
    }

    @Override
    public WindowWatch begin(List<WatchedPoint> points) {
        KernelWatch.Events before = watch.events();
        return () -> {
            KernelWatch.Events now = watch.events();
            List<KernelWatch.Ended> ended =
                    now.ended().subList(before.ended().size(), now.ended().size());
            return new Findings(doubts(ended, points), withoutReturnProbe(points, before, now), notes(ended));
        };
    }

    private List<String> notes(List<KernelWatch.Ended> ended) {
        Stream<String> named = ended.stream().limit(MOST_NAMED).map(this::describe);
        return Stream.concat(
                        named,
                        Stream.of(ended.size() - MOST_NAMED)
                                .filter(more -> more > 0)
                                .map(more -> "signals ended %d more processes of container %s".formatted(more, target)))
                .toList();
    }

    private List<Doubt> doubts(List<KernelWatch.Ended> ended, List<WatchedPoint> points) {
        return ended.stream()
                .flatMap(e -> DoubtsOfEnds.of(describe(e), e.signal(), points).stream())
                .limit(MOST_NAMED)
                .toList();
    }

    private String describe(KernelWatch.Ended ended) {
        return "process %d (%s) of container %s was ended by %s"
                .formatted(ended.pid(), ended.command(), target, SignalName.of(ended.signal()));
    }

    private static Map<Integer, List<Doubt>> withoutReturnProbe(
            List<WatchedPoint> points, KernelWatch.Events before, KernelWatch.Events now) {
        Map<Integer, List<Doubt>> doubts = new HashMap<>();
        for (WatchedPoint point : points) {
            long calls = now.callsWithoutReturnProbe().getOrDefault(point.index(), 0L)
                    - before.callsWithoutReturnProbe().getOrDefault(point.index(), 0L);
            if (calls > 0) {
                doubts.put(point.index(), List.of(withoutReturnProbe(point.point(), calls)));
            }
        }
        return doubts;
    }

    private static Doubt withoutReturnProbe(ProbePoint point, long calls) {
        return Doubt.missed(
                "%d more %s of %s began when %d return probes were under way in the thread, and the kernel makes no more at a time; it is not known whether these calls returned. Count the entry (without onReturn), or nest fewer calls"
                        .formatted(
                                calls,
                                calls == 1 ? "call" : "calls",
                                ((ProbePoint.Function) point).function(),
                                KernelWatch.MOST_RETURNS));
    }
}
