package io.probeunit.internal.recording;

import io.probeunit.internal.plan.ProbeRequest;
import java.util.List;

/**
 * What one annotation was resolved to: points of a session.
 *
 * @param request what the annotation asks for
 * @param recorder the session that records it
 * @param points indexes of the points in the session, without doubles, at least one
 */
public record RecordedProbe(ProbeRequest request, SessionRecorder recorder, List<Integer> points) {

    /** Keeps a copy of the list, and checks it. */
    public RecordedProbe {
        points = List.copyOf(points);
        if (points.isEmpty()) {
            throw new IllegalArgumentException(request.declaration() + " was resolved to nothing");
        }
        points.forEach(p -> recorder.points().get(p));
    }
}
