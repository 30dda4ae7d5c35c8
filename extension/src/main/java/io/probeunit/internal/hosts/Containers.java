package io.probeunit.internal.hosts;

import io.probeunit.ProbeException;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.plan.Doubt;
import io.probeunit.internal.targets.Target;
import io.probeunit.internal.targets.TargetFile;
import io.probeunit.internal.watch.TargetWatch;
import java.util.Optional;
import java.util.function.Supplier;

/** The containers of a test, seen from one host. */
public interface Containers {

    /** Says whether an object is a container of a kind that we know. */
    boolean isContainer(Object value);

    /**
     * Looks a container up as it is now.
     *
     * @throws ProbeException if it does not run, or cannot be seen from this host
     */
    Target target(String name, Object container, BinarySelector defaultBinary);

    /**
     * A container as it was when it was last looked up, which may be long ago; its id is what it is now.
     *
     * @throws ProbeException if it was never looked up, and does not run, or cannot be seen from this host
     */
    default Target remembered(String name, Object container, BinarySelector defaultBinary) {
        return target(name, container, defaultBinary);
    }

    /** Says whether a target's first process is still what it was when it was looked up. */
    boolean isSame(Target target);

    /**
     * Watches for doubts about the counts of a target: that its container was started again, or that its processes run
     * something else than what was probed.
     */
    TargetWatch watch(Target target, Object container);

    /** Watches whether a target's first process goes on executing the file in which probes are armed. */
    default Supplier<Optional<Doubt>> watchMain(Target target, TargetFile armed) {
        return Optional::empty;
    }
}
