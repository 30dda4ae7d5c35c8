package io.probeunit.internal.recording;

import io.probeunit.internal.binary.MarkSite;
import io.probeunit.internal.binary.Semaphore;
import io.probeunit.internal.engine.EngineException;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.SemaphoreKeeper;
import io.probeunit.internal.host.Host;
import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.targets.TargetFile;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Holds the semaphores of the guarded marks that a window wants, from before it opens until it has ended. A longer time
 * would slow the program down for no test. Guarded by the lock of its recorder.
 */
final class GuardedMarks implements AutoCloseable {

    private final SemaphoreKeeper keeper;
    private final Host host;
    private final Map<TargetFile, Held> held = new HashMap<>();
    /** Those of the last window. */
    private List<SemaphoreKeeper.Hold> leaving = List.of();

    GuardedMarks(SemaphoreKeeper keeper, Host host) {
        this.keeper = keeper.ofSession();
        this.host = host;
    }

    /** Semaphores of one file that are held, or why they could not be. */
    private record Held(Optional<SemaphoreKeeper.Hold> hold, String refusal) {}

    /** Holds what these points need, and nothing else. */
    void want(Collection<ProbePoint> points) {
        release();
        points.stream()
                .filter(ProbePoint::isGuarded)
                .collect(Collectors.groupingBy(
                        ProbePoint::file,
                        Collectors.flatMapping(p -> semaphores(p).stream(), Collectors.toCollection(TreeSet::new))))
                .forEach((file, semaphores) -> held.put(file, hold(file, semaphores)));
    }

    /** Begins to let all go, and returns at once. */
    void release() {
        leaving = holds();
        leaving.forEach(SemaphoreKeeper.Hold::close);
        held.clear();
    }

    /** That the program may pass a point without a firing; empty if its semaphores are held, or it has none. */
    Optional<Doubt> doubt(ProbePoint point) {
        return Optional.of(point)
                .filter(ProbePoint::isGuarded)
                .map(p -> held.get(p.file()))
                .map(Held::refusal)
                .filter(refusal -> !refusal.isEmpty())
                .map(refusal -> Doubt.missed(
                        "mark %s has a semaphore that is not held, so the program may pass it without firing: %s"
                                .formatted(point.name(), refusal)));
    }

    @Override
    public void close() {
        release();
    }

    /** Lets all go, and returns when that is done. */
    void closeNow() {
        leaving.forEach(SemaphoreKeeper.Hold::closeNow);
        holds().forEach(SemaphoreKeeper.Hold::closeNow);
        held.clear();
    }

    private List<SemaphoreKeeper.Hold> holds() {
        return held.values().stream().flatMap(h -> h.hold().stream()).toList();
    }

    private Held hold(TargetFile file, Set<Long> semaphores) {
        try {
            return new Held(Optional.of(keeper.hold(host, file, semaphores)), "");
        } catch (EngineException e) {
            return new Held(Optional.empty(), e.getMessage());
        }
    }

    private static Set<Long> semaphores(ProbePoint point) {
        return ((ProbePoint.UsdtMark) point)
                .mark().sites().stream()
                        .map(MarkSite::semaphore)
                        .flatMap(Optional::stream)
                        .map(Semaphore::fileOffset)
                        .collect(Collectors.toSet());
    }
}
