package io.probeunit.internal.recording;

import io.probeunit.Loss;
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
 * @param notes sentences for the report that change no verdict
 */
record WindowState(long zero, long nanos, Map<PointView, PointState> states, List<String> notes) {

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
        states.forEach((point, state) -> later.put(point, state.since(earlier.of(point))));
        return new WindowState(zero, nanos, later, notes);
    }

    Loss loss() {
        long dropped = 0;
        Set<String> doubts = new TreeSet<>();
        for (PointState state : states.values()) {
            dropped += state.dropped();
            state.doubts().stream()
                    .filter(doubt -> doubt.concerns(state.fired()))
                    .map(Doubt::text)
                    .forEach(doubts::add);
        }
        return new Loss(dropped, List.copyOf(doubts));
    }
}
