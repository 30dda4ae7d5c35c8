package io.probeunit.internal.junit.declared;

import io.probeunit.annotations.ExpectCoverage;
import io.probeunit.annotations.ProbeCoverage;
import io.probeunit.internal.inventory.SnapshotName;
import io.probeunit.internal.plan.PlanException;
import io.probeunit.internal.plan.Share;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * One {@link ExpectCoverage}, understood.
 *
 * @param atLeast the share that must fire, if it is given
 * @param requests whose points are meant; at least one
 * @param container the only target whose points are meant, if it is given
 * @param snapshot of what must fire, if it is given
 * @param declaration for messages
 */
public record CoverageExpectation(
        Optional<Share> atLeast,
        List<CoverageRequest> requests,
        Optional<String> container,
        Optional<SnapshotName> snapshot,
        String declaration) {

    public CoverageExpectation {
        requests = List.copyOf(requests);
    }

    /**
     * Reads those that are judged after the last test of a class: on this class, and on what it extends.
     *
     * @param enclosing the classes around it, whose {@link ProbeCoverage} counts too
     * @throws ExtensionConfigurationException if one of them cannot be understood
     */
    public static List<CoverageExpectation> of(List<Class<?>> enclosing, Class<?> testClass) {
        List<CoverageRequest> all = CoverageRequest.of(enclosing, testClass);
        return AnnotationScan.onTypes(List.of(), testClass).stream()
                .filter(found -> found.annotation() instanceof ExpectCoverage)
                .map(found -> of(found, (ExpectCoverage) found.annotation(), all, testClass))
                .toList();
    }

    /**
     * Refuses annotations of coverage on methods, where users' own annotations can bring them.
     *
     * @throws ExtensionConfigurationException if a test has one
     */
    public static void refuseOnMethod(TestPlace test) {
        AnnotationScan.onMethods(test).stream()
                .filter(found -> isCoverage(found.annotation()))
                .findFirst()
                .ifPresent(found -> {
                    throw new ExtensionConfigurationException(
                            "%s: coverage belongs to a class, and this is a method (PU1302). Put the annotation on the class."
                                    .formatted(found.declaration()));
                });
    }

    private static boolean isCoverage(Annotation annotation) {
        return annotation instanceof ProbeCoverage || annotation instanceof ExpectCoverage;
    }

    private static CoverageExpectation of(
            Found found, ExpectCoverage annotation, List<CoverageRequest> all, Class<?> testClass) {
        String declaration = found.declaration();
        try {
            if (annotation.atLeast().isEmpty() && annotation.snapshot().isEmpty()) {
                throw new PlanException(
                        "it expects nothing, so it cannot fail (PU1303). Give atLeast = \"60%\", or snapshot = \"…\", or both.");
            }
            return new CoverageExpectation(
                    Optional.of(annotation.atLeast())
                            .filter(text -> !text.isEmpty())
                            .map(Share::parse),
                    meant(all, List.of(annotation.of())),
                    Optional.of(annotation.container()).filter(name -> !name.isEmpty()),
                    Optional.of(annotation.snapshot())
                            .filter(text -> !text.isEmpty())
                            .map(text -> new SnapshotName(text, testClass)),
                    declaration);
        } catch (PlanException e) {
            throw new ExtensionConfigurationException(declaration + ": " + e.getMessage(), e);
        }
    }

    private static List<CoverageRequest> meant(List<CoverageRequest> all, List<String> of) {
        if (all.isEmpty()) {
            throw new PlanException(
                    "nothing is counted for the tests of this class (PU1304). Put @ProbeCoverage on the class as well, or around it.");
        }
        List<String> texts = all.stream().map(CoverageRequest::text).distinct().toList();
        of.stream().filter(text -> !texts.contains(text)).findFirst().ifPresent(unknown -> {
            throw new PlanException(
                    "of = \"%s\" is in no @ProbeCoverage of this class (PU1305). Write a name or glob as it is written there: %s."
                            .formatted(
                                    unknown,
                                    texts.stream().map(text -> '"' + text + '"').collect(Collectors.joining(", "))));
        });
        return of.isEmpty()
                ? all
                : all.stream().filter(request -> of.contains(request.text())).toList();
    }
}
