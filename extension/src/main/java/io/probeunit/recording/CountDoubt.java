package io.probeunit.recording;

import io.probeunit.engine.ProbePoint;
import java.util.Optional;

/** Says why the count of a point is a lower bound only, such as a guarded mark whose semaphore nobody holds. */
@FunctionalInterface
public interface CountDoubt {

    /**
     * Asked once for each point when a window opens.
     *
     * @param point a point of the window
     * @return why there may be firings that are not counted; empty if the count is exact
     */
    Optional<String> about(ProbePoint point);

    /**
     * No doubts.
     *
     * @return trusts every count
     */
    static CountDoubt none() {
        return point -> Optional.empty();
    }
}
