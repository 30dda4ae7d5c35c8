package io.probeunit.internal.recording;

import io.probeunit.Loss;
import io.probeunit.internal.engine.Barrier.Judged;
import io.probeunit.internal.engine.IntegerFilter;
import io.probeunit.internal.engine.RawFiring;
import io.probeunit.internal.plan.Doubt;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is known of a window at one moment.
 *
 * @param zero when the window opened, on the kernel's clock
 * @param nanos the moment, on the kernel's clock
 * @param states what is known of each point asked about
 * @param notes what is worth a sentence, and puts no count in doubt
 */
record WindowState(long zero, long nanos, Map<PointView, PointState> states, List<String> notes) {

    /**
     * What is known of one point.
     *
     * @param fired firings since the window opened
     * @param lines details of them, a list that does not change
     * @param judged what the engine found out of those without details
     * @param doubts why {@code fired} may not be the number of calls
     * @param lost why the session was lost; empty text if it was not
     */
    record PointState(
            long fired, List<RawFiring> lines, Map<IntegerFilter, Judged> judged, List<Doubt> doubts, String lost) {
        PointState {
            judged = Map.copyOf(judged);
            doubts = List.copyOf(doubts);
        }

        long dropped() {
            return fired - lines.size();
        }

        /** By a filter; a firing that is under way may be among them, and not among the dropped ones yet. */
        Judged judged(IntegerFilter filter) {
            Judged known = judged.getOrDefault(filter, Judged.NONE);
            long all = Math.min(known.all(), dropped());
            return new Judged(all, Math.min(known.satisfied(), all));
        }
    }

    WindowState {
        states = Map.copyOf(states);
        notes = List.copyOf(notes);
    }

    PointState of(PointView point) {
        PointState state = states.get(point);
        if (state == null) {
            throw new IllegalStateException("nothing was asked about " + point.name());
        }
        return state;
    }

    /** What came after an earlier moment of the same window, of which at least the same points are known. */
    WindowState since(WindowState earlier) {
        Map<PointView, PointState> later = new HashMap<>();
        states.forEach((point, state) -> {
            PointState before = earlier.of(point);
            // lines are only ever added
            List<RawFiring> lines =
                    state.lines().subList(before.lines().size(), state.lines().size());
            later.put(
                    point,
                    new PointState(
                            state.fired() - before.fired(),
                            lines,
                            Judged.between(before.judged(), state.judged()),
                            state.doubts(),
                            state.lost()));
        });
        return new WindowState(zero, nanos, later, notes);
    }

    Loss loss() {
        long dropped = 0;
        Set<String> reasons = new TreeSet<>();
        for (PointState state : states.values()) {
            dropped += state.dropped();
            state.doubts().stream()
                    .filter(doubt -> doubt.concerns(state.fired()))
                    .map(Doubt::reason)
                    .forEach(reasons::add);
        }
        return new Loss(dropped, List.copyOf(reasons));
    }
}
