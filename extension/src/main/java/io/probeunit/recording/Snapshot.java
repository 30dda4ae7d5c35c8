package io.probeunit.recording;

import io.probeunit.Loss;
import io.probeunit.engine.RawFiring;
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
