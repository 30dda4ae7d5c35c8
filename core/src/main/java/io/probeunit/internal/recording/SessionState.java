package io.probeunit.internal.recording;

import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.watch.Findings;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What one session knows of a window at one moment.
 *
 * @param nanos the moment on the kernel's clock
 * @param points what is known of each point of the window, by its index
 * @param findings what the watches found; {@code points} have its doubts already
 */
record SessionState(long nanos, Map<Integer, PointState> points, Findings findings) {

    SessionState {
        points = Map.copyOf(points);
    }

    PointState of(PointView point) {
        PointState state = points.get(point.index());
        if (state == null) {
            throw new IllegalStateException("nothing was read of " + point.name());
        }
        return state;
    }

    /** Doubts that concern the points of all sessions. */
    Stream<Doubt> ofProgram() {
        return findings.ofTarget().stream().filter(doubt -> doubt.effect() == Doubt.Effect.PROGRAM_CHANGED);
    }

    List<String> notes() {
        return findings.notes();
    }
}
