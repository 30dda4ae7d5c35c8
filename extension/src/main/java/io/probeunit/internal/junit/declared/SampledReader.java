package io.probeunit.internal.junit.declared;

import io.probeunit.annotations.ExpectSampled;
import io.probeunit.internal.declared.SampledExpectation;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.plan.FunctionSpec;
import io.probeunit.internal.plan.NamePattern;
import io.probeunit.internal.plan.PlanException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** Reads {@link ExpectSampled}. */
final class SampledReader {

    private SampledReader() {}

    /**
     * Reads the expectations of a test.
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
}
