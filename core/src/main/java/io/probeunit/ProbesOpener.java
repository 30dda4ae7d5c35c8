package io.probeunit;

/**
 * Does the work of {@link Probes#open}, which finds it with {@link java.util.ServiceLoader}. Only ProbeUnit itself
 * implements it.
 */
@FunctionalInterface
public interface ProbesOpener {

    /**
     * Arms the probes and opens their window.
     *
     * @param probes with at least one point
     * @return the open window
     * @throws ProbeException if something is not understood, not found or not armed
     */
    OpenProbes open(Probes probes);
}
