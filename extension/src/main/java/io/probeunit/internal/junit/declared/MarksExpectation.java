package io.probeunit.internal.junit.declared;

import io.probeunit.annotations.ExpectMarks;
import io.probeunit.internal.declared.DeclaredTarget;
import io.probeunit.internal.inventory.SnapshotName;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.plan.PlanException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * One {@link ExpectMarks}, understood.
 *
 * @param provider whose marks count; {@code ""} for all
 * @param binary that carries them
 * @param container the name of the target, if it is given
 * @param snapshot to compare with
 * @param declaration for messages
 */
public record MarksExpectation(
        String provider, BinarySelector binary, Optional<String> container, SnapshotName snapshot, String declaration) {

    /**
     * Reads those of a test.
     *
     * @throws ExtensionConfigurationException if one of them cannot be understood
     */
    static List<MarksExpectation> of(TestPlace test) {
        return AnnotationScan.declared(test).stream()
                .filter(found -> found.annotation() instanceof ExpectMarks)
                .map(found -> of(found, (ExpectMarks) found.annotation(), test.testClass()))
                .toList();
    }

    private static MarksExpectation of(Found found, ExpectMarks annotation, Class<?> testClass) {
        try {
            return new MarksExpectation(
                    annotation.value(),
                    BinarySelector.parse(annotation.binary()),
                    Optional.of(annotation.container()).filter(name -> !name.isEmpty()),
                    new SnapshotName(annotation.snapshot(), testClass),
                    found.declaration());
        } catch (PlanException e) {
            throw new ExtensionConfigurationException(found.declaration() + ": " + e.getMessage(), e);
        }
    }

    /** Which file is meant, where the target may have a default. */
    public BinarySelector binaryOf(DeclaredTarget target) {
        return binary instanceof BinarySelector.TargetDefault ? target.binary() : binary;
    }
}
