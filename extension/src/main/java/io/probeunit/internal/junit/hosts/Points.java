package io.probeunit.internal.junit.hosts;

import io.probeunit.ProbeException;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.Resolved;
import io.probeunit.internal.plan.ProbeRequest;
import io.probeunit.internal.targets.Target;
import java.util.List;

/** Finds the probe points of an annotation in the binaries of a target. */
@FunctionalInterface
public interface Points {

    /**
     * Finds the points with the slots that their captures need.
     *
     * @return at least one point
     * @throws ProbeException if there is no such point
     */
    Resolved find(Target target, ProbeRequest request);

    /**
     * Possible reasons why points did not fire.
     *
     * @return guesses, in sentences without full stops; none where nothing is known
     */
    default List<String> hints(Target target, List<ProbePoint> points) {
        return List.of();
    }

    /**
     * For finding several points at one moment, by one thread.
     *
     * @return finds the same, and may look at each binary once
     */
    default Points now() {
        return this;
    }
}
