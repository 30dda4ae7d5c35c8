package io.probeunit.internal.junit.declared;

import io.probeunit.annotations.ProbeCoverage;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.plan.FunctionSpec;
import io.probeunit.internal.plan.MarkSpec;
import io.probeunit.internal.plan.NamePattern;
import io.probeunit.internal.plan.PlanException;
import io.probeunit.internal.plan.PointSpec;
import io.probeunit.internal.plan.ProbeRequest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * A name or glob of a {@link ProbeCoverage}, understood.
 *
 * @param request what it asks for, without captures
 * @param text as it is written
 */
public record CoverageRequest(ProbeRequest request, String text) {

    /**
     * Reads those that count for the tests of a class.
     *
     * @throws ExtensionConfigurationException if one of them cannot be understood
     */
    public static List<CoverageRequest> of(List<Class<?>> enclosing, Class<?> testClass) {
        return AnnotationScan.onTypes(enclosing, testClass).stream()
                .filter(found -> found.annotation() instanceof ProbeCoverage)
                .flatMap(found -> of(found, (ProbeCoverage) found.annotation()))
                .distinct()
                .toList();
    }

    private static Stream<CoverageRequest> of(Found found, ProbeCoverage annotation) {
        String declaration = found.declaration();
        if (annotation.marks().length + annotation.functions().length == 0) {
            throw new ExtensionConfigurationException(
                    "%s: it names nothing to count (PU1301). Give marks = \"…\" or functions = \"…\", with names or globs."
                            .formatted(declaration));
        }
        try {
            BinarySelector binary = BinarySelector.parse(annotation.binary());
            Optional<String> container = Optional.of(annotation.container()).filter(name -> !name.isEmpty());
            return Stream.concat(
                    Stream.of(annotation.marks())
                            .map(text -> of(MarkSpec.parse(text, binary, container), text, declaration)),
                    Stream.of(annotation.functions())
                            .map(text -> of(
                                    new FunctionSpec(new NamePattern(text), false, binary, container),
                                    text,
                                    declaration)))
                    .toList()
                    .stream();
        } catch (PlanException e) {
            throw new ExtensionConfigurationException(declaration + ": " + e.getMessage(), e);
        }
    }

    private static CoverageRequest of(PointSpec point, String text, String declaration) {
        return new CoverageRequest(new ProbeRequest(point, List.of(), declaration), text);
    }
}
