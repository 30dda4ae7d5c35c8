package io.probeunit.recording;

import io.probeunit.Loss;
import io.probeunit.engine.RawFiring;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of a window at one moment.
 *
 * @param zero when the window opened, on the kernel's clock
 * @param nanos the moment, on the kernel's clock
 * @param states what is known of each point asked about
 */
record Snapshot(long zero, long nanos, Map<PointView, State> states) {

    /**
     * What is known of one point.
     *
     * @param fired firings since the window opened
     * @param lines details of them, a list that does not change
     * @param doubts why {@code fired} is a lower bound; empty if it is exact
     * @param lost why the session was lost; empty text if it was not
     */
    record State(long fired, List<RawFiring> lines, List<String> doubts, String lost) {
        State {
            doubts = List.copyOf(doubts);
        }

        long dropped() {
            return fired - lines.size();
        }
    }

    Snapshot {
        states = Map.copyOf(states);
    }

    State of(PointView point) {
        State state = states.get(point);
        if (state == null) {
            throw new IllegalStateException("nothing was asked about " + point.name());
        }
        return state;
    }

    /** What came after an earlier moment of the same window, of which at least the same points are known. */
    Snapshot since(Snapshot earlier) {
        Map<PointView, State> later = new HashMap<>();
        states.forEach((point, state) -> {
            State before = earlier.of(point);
            // lines are only ever added
            List<RawFiring> lines =
                    state.lines().subList(before.lines().size(), state.lines().size());
            later.put(point, new State(state.fired() - before.fired(), lines, state.doubts(), state.lost()));
        });
        return new Snapshot(zero, nanos, later);
    }

    Loss loss() {
        return new Loss(
                states.values().stream().mapToLong(State::dropped).sum(),
                states.values().stream()
                        .flatMap(s -> s.doubts().stream())
                        .distinct()
                        .sorted()
                        .toList());
    }
}
