package io.probeunit.internal.recording;

import io.probeunit.ProbeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Watches expectations on beyond the end of their window, all at the same time, each until it is decided or its time is
 * over.
 */
final class WithinWatch {

    private static final long POLL_NANOS = Duration.ofMillis(10).toNanos();

    private final OpenStage window;
    private final long since;
    private final List<Judge> open;
    private final Map<Judge, Outcome> outcomes = new HashMap<>();
    private final Map<PointView, PointState> states = new HashMap<>();
    private Optional<WindowState> last = Optional.empty();

    /**
     * What came of it.
     *
     * @param outcomes what became of each expectation
     * @param known each point as it was when the last expectation on it was decided
     */
    record Decided(Map<Judge, Outcome> outcomes, WindowState known) {
        Decided {
            outcomes = Map.copyOf(outcomes);
        }
    }

    /** Watches by the clock of {@link System#nanoTime()}, from {@code since} on. */
    WithinWatch(OpenStage window, List<Judge> judges, long since) {
        this.window = window;
        this.since = since;
        this.open = new ArrayList<>(judges);
    }

    /** Returns when everything is decided; fails when the thread is interrupted. */
    Decided watch() {
        while (!Thread.currentThread().isInterrupted() && !poll()) {
            LockSupport.parkNanos(untilNextPoll());
        }
        if (!open.isEmpty()) {
            throw new ProbeException("Interrupted while expectations with 'within' were watched (PU1115): "
                    + open.stream()
                            .map(j -> j.expectation().probe().declaration())
                            .collect(Collectors.joining(", ")));
        }
        WindowState end = last.orElseThrow(() -> new IllegalStateException("nothing was watched"));
        return new Decided(outcomes, new WindowState(end.zero(), end.nanos(), states, end.notes()));
    }

    private boolean poll() {
        if (open.isEmpty()) {
            return true;
        }
        // the time is taken before the barrier: what is over now is over at the barrier
        Set<Judge> over = new HashSet<>(open.stream().filter(j -> left(j) <= 0).toList());
        Set<PointView> points = new HashSet<>();
        open.forEach(j -> points.addAll(j.points()));
        WindowState known = window.look(points);
        states.putAll(known.states());
        last = Optional.of(known);
        for (Judge judge : List.copyOf(open)) {
            if (over.contains(judge) || judge.isDecided(known)) {
                outcomes.put(judge, judge.judge(known));
                open.remove(judge);
            }
        }
        return open.isEmpty();
    }

    private long untilNextPoll() {
        return Math.min(POLL_NANOS, open.stream().mapToLong(this::left).min().orElse(0));
    }

    private long left(Judge judge) {
        long within = judge.expectation().within().map(Duration::toNanos).orElse(0L);
        return within - (System.nanoTime() - since);
    }
}
