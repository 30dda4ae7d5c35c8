package io.probeunit.internal.sampling;

import io.probeunit.ProbeException;
import io.probeunit.internal.declared.DeclaredTarget;
import io.probeunit.internal.declared.SampledExpectation;
import io.probeunit.internal.hosts.HostChoice;
import io.probeunit.internal.hosts.UnavailableException;
import java.util.List;

/** Samples which code containers run. */
public interface Sampling extends HostChoice.OnHost {

    /**
     * Finds the functions that are meant, and begins to sample.
     *
     * @param declared the target of all these expectations
     * @throws UnavailableException if this cannot be done here
     * @throws ProbeException if the container does not run, or some functions do not exist, with all the reasons
     */
    Running start(DeclaredTarget declared, List<SampledExpectation> expectations);

    /** Samples of one container, from when this was made until it is ended or closed. */
    interface Running extends AutoCloseable {

        /** Ends it. To be called once. */
        Samples end();

        /** Ends it if that was not done. */
        @Override
        void close();
    }
}
