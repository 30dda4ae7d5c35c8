package io.probeunit.internal.junit.declared;

import io.probeunit.annotations.ExpectSampled;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.plan.FunctionSpec;
import io.probeunit.internal.plan.NamePattern;
import io.probeunit.internal.plan.PlanException;
import io.probeunit.internal.plan.ProbeRequest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * One {@link ExpectSampled}, understood.
 *
 * @param function which one, and where
 * @param atLeastPercent of the samples, above 0 and up to 100
 * @param minSamples with fewer, nothing is said; at least 1
 * @param declaration for messages
 */
public record SampledExpectation(FunctionSpec function, double atLeastPercent, int minSamples, String declaration) {

    public SampledExpectation {
        // also refuses what is no number
        if (!(atLeastPercent > 0 && atLeastPercent <= 100)) {
            throw new PlanException(
                    "atLeastPercent = %s cannot fail, or always fails (PU0907): give a number above 0, and at most 100."
                            .formatted(atLeastPercent));
        }
        if (minSamples < 1) {
            throw new PlanException(
                    "minSamples = %d would accept no samples at all (PU0908): give 1 or more.".formatted(minSamples));
        }
    }

    /**
     * Reads those of a test.
     *
     * @throws ExtensionConfigurationException if one of them cannot be understood
     */
    static List<SampledExpectation> of(TestPlace test) {
        return AnnotationScan.declared(test).stream()
                .filter(found -> found.annotation() instanceof ExpectSampled)
                .map(found -> of(found, (ExpectSampled) found.annotation()))
                .toList();
    }

    private static SampledExpectation of(Found found, ExpectSampled annotation) {
        try {
            return new SampledExpectation(
                    new FunctionSpec(
                            new NamePattern(annotation.value()),
                            false,
                            BinarySelector.parse(annotation.binary()),
                            Optional.of(annotation.container()).filter(name -> !name.isEmpty())),
                    annotation.atLeastPercent(),
                    annotation.minSamples(),
                    found.declaration());
        } catch (PlanException e) {
            throw new ExtensionConfigurationException(found.declaration() + ": " + e.getMessage(), e);
        }
    }

    /** What finds the function; it is never armed. */
    public ProbeRequest request() {
        return new ProbeRequest(function, List.of(), declaration);
    }

    /** What is expected, in words. */
    public String expected() {
        return "%s in at least %s %% of the samples".formatted(function.describe(), number(atLeastPercent));
    }

    private static String number(double value) {
        return value == Math.rint(value) ? "%.0f".formatted(value) : String.valueOf(value);
    }
}
