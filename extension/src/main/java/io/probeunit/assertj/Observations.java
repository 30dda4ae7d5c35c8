package io.probeunit.assertj;

import io.probeunit.Firings;
import io.probeunit.internal.recording.Observation;
import io.probeunit.internal.recording.ObservedFirings;
import java.util.List;

/** What is known of firings, for any implementation of the API. */
final class Observations {

    private Observations() {}

    static Observation of(Firings firings) {
        if (firings instanceof ObservedFirings observed) {
            return observed.observe();
        }
        int details = firings.list().size();
        long count = firings.count();
        return Observation.unfiltered(count, count - details, List.of());
    }
}
