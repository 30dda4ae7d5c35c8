package io.probeunit.internal.hosts;

import io.probeunit.ProbeException;
import io.probeunit.internal.engine.ProbePoint;
import io.probeunit.internal.engine.Resolved;
import io.probeunit.internal.plan.ProbeRequest;
import io.probeunit.internal.targets.Target;
import io.probeunit.internal.targets.TargetFile;
import java.util.List;

/** Finds the probe points of an annotation in the binaries of a target. */
public interface Points {

    /**
     * Finds the points with the slots that their captures need.
     *
     * @return at least one point
     * @throws ProbeException if there is no such point
     */
    Resolved find(Target target, ProbeRequest request);

    /**
     * Finds the points of a coverage, which may be many, and goes without those that cannot be probed.
     *
     * @return at least one point
     * @throws ProbeException if there is no such point
     */
    Resolved cover(Target target, ProbeRequest request);

    /** What distinguishes a build of a file from others: its build-id, else its size and time. */
    String build(Target target, TargetFile file);

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
