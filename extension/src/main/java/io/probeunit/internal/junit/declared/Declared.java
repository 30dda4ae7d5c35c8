package io.probeunit.internal.junit.declared;

import io.probeunit.annotations.ProbeSettings;
import io.probeunit.internal.declared.SampledExpectation;
import io.probeunit.internal.plan.ProbePlan;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * The content of a test's annotations: the same for all its invocations, and for arming the class.
 *
 * @param plan what is recorded and expected
 * @param settings the nearest first
 * @param marks what is expected of binaries
 * @param samples what is expected of samples
 * @param coverage what is counted for the test's class
 */
public record Declared(
        ProbePlan plan,
        List<ProbeSettings> settings,
        List<MarksExpectation> marks,
        List<SampledExpectation> samples,
        List<CoverageRequest> coverage) {

    private static final Namespace NAMESPACE = Namespace.create(Declared.class);

    public Declared {
        settings = List.copyOf(settings);
        marks = List.copyOf(marks);
        samples = List.copyOf(samples);
        coverage = List.copyOf(coverage);
    }

    /**
     * Those of a test, read once for the class that keeps them.
     *
     * @param topLevel the context of its top-level class
     * @throws ExtensionConfigurationException if one of them cannot be understood, or two of them contradict each other
     */
    public static Declared of(ExtensionContext topLevel, TestPlace test) {
        return topLevel.getStore(NAMESPACE).getOrComputeIfAbsent(test, Declared::read, Declared.class);
    }

    private static Declared read(TestPlace test) {
        CoverageExpectation.refuseOnMethod(test);
        StartupExpectations.refuseOnMethod(test);
        return new Declared(
                AnnotationReader.read(test),
                AnnotationScan.settings(test),
                MarksExpectation.of(test),
                SampledReader.of(test),
                CoverageRequest.of(test.enclosing(), test.testClass()));
    }
}
