package io.probeunit.internal.targets;

import io.probeunit.internal.plan.Doubt;

/** What became of a container that is no longer in the life for which probes were armed. */
public sealed interface ContainerChange {

    /**
     * It was started again.
     *
     * @param doubt that it makes
     */
    record StartedAgain(Doubt doubt) implements ContainerChange {}

    /**
     * It ended, and stays so: what it did was counted.
     *
     * @param story in words that follow its name
     * @param status of its first process, a signal as shells tell it; 0 where the daemon knows none any more
     */
    record Ended(String story, long status) implements ContainerChange {}
}
