package io.probeunit.internal.engine;

import io.probeunit.internal.targets.Target;
import java.util.List;

/**
 * What to arm.
 *
 * @param target whose tasks count
 * @param points each once, at least one
 * @param detailQuota of how many firings a point gives details in a window; an engine may give as many for each CPU
 */
public record SessionRequest(Target target, List<ProbePoint> points, int detailQuota) {

    /** Keeps a copy of the list. */
    public SessionRequest {
        points = List.copyOf(points);
        if (points.isEmpty()) {
            throw new IllegalArgumentException("a session needs a probe point");
        }
    }
}
