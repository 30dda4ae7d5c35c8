package io.probeunit.internal.sessions;

import io.probeunit.internal.engine.ProbePoint;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What was armed for a class, and how long that took. Thread-safe. */
public final class Armings {

    private record Armed(String target, ProbePoint point) {}

    private final Set<Armed> points = new HashSet<>();
    private final Set<String> ways = new LinkedHashSet<>();
    private Duration took = Duration.ZERO;

    synchronized void add(SessionJob job, Collection<ProbePoint> all, Duration duration) {
        all.forEach(point -> points.add(new Armed(job.target().name(), point.bare())));
        ways.add(job.way());
        took = took.plus(duration);
    }

    /**
     * Tells it in words.
     *
     * @return for example {@code 4 points armed in 85 ms, engine uprobe, host local}; empty if nothing was armed
     */
    public synchronized Optional<String> text() {
        return points.isEmpty()
                ? Optional.empty()
                : Optional.of("%s armed in %d ms, %s"
                        .formatted(SessionJob.points(points.size()), took.toMillis(), String.join("; ", ways)));
    }
}
