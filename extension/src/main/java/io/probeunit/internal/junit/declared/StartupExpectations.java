package io.probeunit.internal.junit.declared;

import io.probeunit.annotations.ProbeSettings;
import io.probeunit.internal.plan.Capture;
import io.probeunit.internal.plan.Expectation;
import io.probeunit.internal.plan.FunctionSpec;
import io.probeunit.internal.plan.ProbePlan;
import io.probeunit.internal.plan.ProbeRequest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * What a class with {@code window = STARTUP} expects of the starts of its containers.
 *
 * @param plan of the annotations on the class and on what it extends
 * @param settings the nearest first
 */
public record StartupExpectations(ProbePlan plan, List<ProbeSettings> settings) {

    /** Keeps a copy of the list. */
    public StartupExpectations {
        settings = List.copyOf(settings);
    }

    /**
     * Reads those of a class.
     *
     * @param enclosing the classes around it, whose settings count too, but not their windows
     * @return empty if its window is another one
     * @throws ExtensionConfigurationException if an annotation cannot be understood, or means nothing there
     */
    public static Optional<StartupExpectations> of(List<Class<?>> enclosing, Class<?> testClass) {
        if (!AnnotationScan.isStartup(testClass)) {
            return Optional.empty();
        }
        ProbePlan plan = AnnotationReader.read(AnnotationScan.pointsOn(testClass));
        if (plan.requests().isEmpty()) {
            throw new ExtensionConfigurationException(
                    "%s has window = STARTUP, and no annotation on the class says what is probed at the start (PU1716). Put @ExpectFunction, @ExpectMark or the like on the class."
                            .formatted(testClass.getName()));
        }
        plan.expectations().forEach(StartupExpectations::check);
        plan.requests().forEach(StartupExpectations::check);
        return Optional.of(new StartupExpectations(plan, AnnotationScan.settings(enclosing, testClass)));
    }

    /**
     * Refuses the window on a method.
     *
     * @throws ExtensionConfigurationException if a test has it
     */
    static void refuseOnMethod(TestPlace test) {
        if (AnnotationScan.onMethods(test).stream()
                .map(Found::annotation)
                .anyMatch(a ->
                        a instanceof ProbeSettings settings && settings.window() == ProbeSettings.Window.STARTUP)) {
            throw new ExtensionConfigurationException(
                    "%s: window = STARTUP belongs to a class, whose containers start before its tests (PU1717). Put @ProbeSettings and the expectations of the start on the class; annotations on methods are about the tests."
                            .formatted(test.name()));
        }
    }

    private static void check(Expectation expectation) {
        if (expectation.within().isPresent()) {
            throw new ExtensionConfigurationException(
                    "%s: within counts from the return of a test method, and window = STARTUP ends before there is one (PU1718). Leave it out, and let the wait strategy of the container wait for what must have happened."
                            .formatted(expectation.probe().declaration()));
        }
    }

    private static void check(ProbeRequest request) {
        if (request.point() instanceof FunctionSpec function && function.onReturn()) {
            throw new ExtensionConfigurationException(
                    "%s: return probes (onReturn, took) change the stack of a program, and in window = STARTUP it cannot be checked that the program bears that (PU1719). Probe the entry of the function."
                            .formatted(request.declaration()));
        }
        if (request.captures().stream().anyMatch(Capture::isStack)) {
            throw new ExtensionConfigurationException(
                    "%s: stacks cannot be read in window = STARTUP, where the files of the processes are not known yet (PU1720). Leave capture = \"stack\" out."
                            .formatted(request.declaration()));
        }
    }
}
