package io.probeunit.internal.junit.declared;

import io.probeunit.internal.plan.Expectation;
import io.probeunit.internal.plan.ProbePlan;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** Annotations of one test, possibly in different places, that no firings can satisfy together. */
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
        if (exceeds(one, other) || exceeds(other, one)) {
            throw new ExtensionConfigurationException(
                    "%s and %s contradict each other: %s cannot have fired both %s and %s. All annotations of a test count, those of its class too (PU0234); none replaces another. Leave one of them out, or put the one on the class on the methods that it is for."
                            .formatted(
                                    one.probe().declaration(),
                                    other.probe().declaration(),
                                    one.probe().point().describe(),
                                    asked(one),
                                    asked(other)));
        }
    }

    /**
     * Says whether one expectation asks for more firings than another one allows, where each firing of the first is one of the
     * second. Only expectations on the same point with the same {@code within} are compared.
     */
    private static boolean exceeds(Expectation some, Expectation all) {
        return some.bounds().atLeast() > all.bounds().atMost()
                && some.probe().point().equals(all.probe().point())
                && some.where().implies(all.where())
                && some.within().equals(all.within());
    }

    private static String asked(Expectation expectation) {
        return expectation.bounds() + expectation.where().text(" ");
    }
}
