package io.probeunit.internal.sampling;

import io.probeunit.internal.declared.SampledExpectation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The samples of one container in one test.
 *
 * @param total all samples of the container
 * @param found how many of them were in the function of each expectation
 * @param top where most of them were, the most first
 * @param doubt why nothing can be said, if so
 */
public record Samples(long total, Map<SampledExpectation, Long> found, List<Share> top, Optional<String> doubt) {

    public Samples {
        found = Map.copyOf(found);
        top = List.copyOf(top);
    }

    /**
     * What was found in one function, or in code that is in none that is known.
     *
     * @param code for messages
     * @param samples how many
     */
    public record Share(String code, long samples) {}

    public static Samples unknown(String doubt) {
        return new Samples(0, Map.of(), List.of(), Optional.of(doubt));
    }
}
