package io.probeunit.internal.watch;

import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.targets.ContainerChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Reports a container that was started again, or ended in a window. */
public final class LifeWatch implements TargetWatch {

    /** A status above this is that of a process that a signal ended; wait(2) as shells and container runtimes tell it. */
    private static final int SIGNALLED = 128;

    private final String target;
    private final Supplier<Optional<ContainerChange>> change;

    /**
     * Watches nothing yet.
     *
     * @param target as tests name it
     * @param change what became of the container; empty while it runs
     */
    public LifeWatch(String target, Supplier<Optional<ContainerChange>> change) {
        this.target = target;
        this.change = change;
    }

    @Override
    public WindowWatch begin(List<WatchedPoint> points) {
        boolean endedBefore =
                change.get().filter(ContainerChange.Ended.class::isInstance).isPresent();
        return () -> change.get().map(now -> found(now, endedBefore, points)).orElse(Findings.NOTHING);
    }

    private Findings found(ContainerChange now, boolean endedBefore, List<WatchedPoint> points) {
        if (now instanceof ContainerChange.StartedAgain again) {
            return Findings.doubt(again.doubt());
        }
        return endedBefore ? Findings.NOTHING : ended((ContainerChange.Ended) now, points);
    }

    private Findings ended(ContainerChange.Ended how, List<WatchedPoint> points) {
        String end = "container %s %s".formatted(target, how.story());
        List<Doubt> doubts = how.status() > SIGNALLED
                ? DoubtsOfEnds.of(end, Math.toIntExact(how.status() - SIGNALLED), points)
                : List.of();
        return new Findings(doubts, Map.of(), List.of(end));
    }
}
