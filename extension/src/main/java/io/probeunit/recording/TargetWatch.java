package io.probeunit.recording;

import java.util.Optional;

/** Watches whether a target is still the container that probes were armed for. */
@FunctionalInterface
public interface TargetWatch {

    /**
     * Asked after each barrier. Once it has answered with a reason, it keeps doing so for the same target.
     *
     * @return what makes counts uncertain, in a person's words ("container shop restarted"); empty if all is well
     */
    Optional<String> interruption();

    /**
     * A watch that sees nothing.
     *
     * @return never answers with a reason
     */
    static TargetWatch none() {
        return Optional::empty;
    }
}
