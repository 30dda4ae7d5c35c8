package io.probeunit.recording;

import io.probeunit.binary.MarkSite;
import io.probeunit.binary.Semaphore;
import io.probeunit.engine.EngineException;
import io.probeunit.engine.ProbePoint;
import io.probeunit.engine.SemaphoreKeeper;
import io.probeunit.host.Host;
import io.probeunit.target.TargetFile;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Holds the semaphores of the guarded marks that a window wants, and of no others. What two windows in a row want alike
 * stays held between them. Guarded by the lock of its recorder.
 */
final class GuardedMarks implements AutoCloseable {

    private final SemaphoreKeeper keeper;
    private final Host host;
    private final Map<TargetFile, Held> held = new HashMap<>();

    GuardedMarks(SemaphoreKeeper keeper, Host host) {
        this.keeper = keeper.ofSession();
        this.host = host;
    }

    /** Semaphores of one file that are held, or why they could not be. */
    private record Held(Set<Long> semaphores, Optional<SemaphoreKeeper.Hold> hold, String reason) {
        /** One that was refused is tried again: what was in the way may be gone. */
        boolean holds(Set<Long> wanted) {
            return hold.isPresent() && semaphores.equals(wanted);
        }

        void release() {
            hold.ifPresent(SemaphoreKeeper.Hold::close);
        }
    }

    /** Holds what these points need; the new ones first, so that none that stays is ever let go. */
    void want(Collection<ProbePoint> points) {
        Map<TargetFile, Set<Long>> wanted = points.stream()
                .filter(ProbePoint::isGuarded)
                .collect(Collectors.groupingBy(
                        ProbePoint::file,
                        Collectors.flatMapping(p -> semaphores(p).stream(), Collectors.toCollection(TreeSet::new))));
        wanted.forEach((file, semaphores) -> {
            Held before = held.get(file);
            if (before == null || !before.holds(semaphores)) {
                held.put(file, hold(file, semaphores));
                Optional.ofNullable(before).ifPresent(Held::release);
            }
        });
        held.entrySet().removeIf(entry -> {
            boolean unwanted = !wanted.containsKey(entry.getKey());
            if (unwanted) {
                entry.getValue().release();
            }
            return unwanted;
        });
    }

    /** Why a point may not fire although the program passes it; empty if there is no reason. */
    Optional<String> doubt(ProbePoint point) {
        return Optional.of(point)
                .filter(ProbePoint::isGuarded)
                .map(p -> held.get(p.file()))
                .map(Held::reason)
                .filter(reason -> !reason.isEmpty())
                .map(reason -> "mark %s has a semaphore that is not held, so the program may pass it without firing: %s"
                        .formatted(point.name(), reason));
    }

    @Override
    public void close() {
        held.values().forEach(Held::release);
        held.clear();
    }

    /** Like {@link #close}, and returns when all is let go. */
    void closeNow() {
        held.values().stream().flatMap(h -> h.hold().stream()).forEach(SemaphoreKeeper.Hold::closeNow);
        held.clear();
    }

    private Held hold(TargetFile file, Set<Long> semaphores) {
        try {
            return new Held(semaphores, Optional.of(keeper.hold(host, file, semaphores)), "");
        } catch (EngineException e) {
            return new Held(semaphores, Optional.empty(), e.getMessage());
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
