package io.probeunit.junit;

import io.probeunit.plan.Expectation;
import io.probeunit.plan.ProbePlan;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** Annotations of one test, perhaps in different places, that no firings could satisfy together. */
final class Contradictions {

    private Contradictions() {}

    /**
     * Refuses counts of the same firings that exclude each other.
     *
     * @throws ExtensionConfigurationException if there are such
     */
    static void refuse(ProbePlan plan) {
        List<Expectation> all = plan.expectations();
        for (int i = 0; i < all.size(); i++) {
            for (Expectation later : all.subList(i + 1, all.size())) {
                refuse(all.get(i), later);
            }
        }
    }

    private static void refuse(Expectation one, Expectation other) {
        boolean disjoint = one.bounds().atMost() < other.bounds().atLeast()
                || other.bounds().atMost() < one.bounds().atLeast();
        if (disjoint && areOfTheSameFirings(one, other)) {
            throw new ExtensionConfigurationException(
                    "%s and %s contradict each other: %s cannot have fired both %s and %s. All annotations of a test count, those of its class too; none replaces another. Leave one of them out, or put the one on the class on the methods that it is for."
                            .formatted(
                                    one.probe().declaration(),
                                    other.probe().declaration(),
                                    one.probe().point().describe(),
                                    one.bounds(),
                                    other.bounds()));
        }
    }

    private static boolean areOfTheSameFirings(Expectation one, Expectation other) {
        return one.probe().point().equals(other.probe().point())
                && Set.copyOf(one.where()).equals(Set.copyOf(other.where()))
                && one.within().equals(other.within());
    }
}
