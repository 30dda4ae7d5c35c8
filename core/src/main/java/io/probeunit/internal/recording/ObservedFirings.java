package io.probeunit.internal.recording;

import io.probeunit.Firings;

/** Firings that also say what is not known about them. */
public interface ObservedFirings extends Firings {

    /**
     * What is known of the count, as of now. Answers even where {@link #count()} would throw.
     *
     * @return the observation
     */
    Observation observe();

    /**
     * The probe points in words.
     *
     * @return for example {@code function reserve_stock in container shop}
     */
    String describe();

    @Override
    ObservedFirings in(String container);

    @Override
    ObservedFirings where(String condition);
}
