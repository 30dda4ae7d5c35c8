package io.probeunit.junit;

import io.probeunit.ProbeException;
import io.probeunit.internal.declared.DeclaredTarget;
import io.probeunit.internal.junit.declared.ContributedTargets;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.plan.PlanException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Adds targets that are not in fields: containers of the whole run, services of Compose.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final ProbeExtension probes = ProbeExtension.builder()
 *         .target("db", () -> Databases.shared())
 *         .build();
 * }</pre>
 *
 * <p>If the extension is in a static field of a test class, all tests of the class have its targets. If it is in an
 * instance field, it adds them again for each test. The extension only adds targets to those in fields; annotations say
 * what to probe.
 */
public final class ProbeExtension implements BeforeAllCallback, BeforeEachCallback {

    private record Contribution(String name, BinarySelector binary, Supplier<?> container) {}

    private record Origin(ProbeExtension extension, String name) {}

    private final List<Contribution> contributions;

    private ProbeExtension(List<Contribution> contributions) {
        this.contributions = List.copyOf(contributions);
    }

    /**
     * Begins to build an extension.
     *
     * @return a builder without any targets
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        ContributedTargets.add(context, this, targets(true));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        ContributedTargets.add(context, this, targets(false));
    }

    private List<DeclaredTarget> targets(boolean shared) {
        return contributions.stream()
                .map(c -> new DeclaredTarget(
                        c.name(),
                        c.binary(),
                        new Origin(this, c.name()),
                        "target \"%s\" of ProbeExtension".formatted(c.name()),
                        shared,
                        () -> Optional.ofNullable(get(c))))
                .toList();
    }

    private static @Nullable Object get(Contribution target) {
        try {
            return target.container().get();
        } catch (RuntimeException e) {
            throw new ProbeException(
                    "Target %s: the supplier of target \"%1$s\" of ProbeExtension threw %s (PU0410)"
                            .formatted(target.name(), e),
                    e);
        }
    }

    /** Builds the extension. */
    public static final class Builder {

        private final List<Contribution> contributions = new ArrayList<>();

        private Builder() {}

        /**
         * Adds a target.
         *
         * @param name the target's name in annotations
         * @param container gives the container; asked before each test that probes it
         * @return this builder
         */
        public Builder target(String name, Supplier<?> container) {
            return target(name, "", container);
        }

        /**
         * Adds a target with its default binary, for annotations that name none.
         *
         * @param name the target's name in annotations
         * @param binary a path or a file name, as for {@code @Probed}
         * @param container gives the container; asked before each test that probes it
         * @return this builder
         */
        public Builder target(String name, String binary, Supplier<?> container) {
            if (isMissing(name)) {
                throw new IllegalArgumentException("A target of ProbeExtension needs a name, not null (PU0411).");
            }
            if (name.isBlank()) {
                throw new ExtensionConfigurationException("A target of ProbeExtension needs a name (PU0411).");
            }
            if (isMissing(binary)) {
                throw new IllegalArgumentException(
                        "Target \"%s\" of ProbeExtension: the binary is null (PU0412); leave it out, or give \"\"."
                                .formatted(name));
            }
            if (isMissing(container)) {
                throw new IllegalArgumentException(
                        "Target \"%s\" of ProbeExtension needs a supplier of its container, not null (PU0413)."
                                .formatted(name));
            }
            try {
                contributions.add(new Contribution(name, BinarySelector.parse(binary), container));
            } catch (PlanException e) {
                throw new ExtensionConfigurationException(
                        "Target \"%s\" of ProbeExtension (PU0414): %s".formatted(name, e.getMessage()), e);
            }
            return this;
        }

        /** Callers may have no null checker. */
        private static boolean isMissing(@Nullable Object argument) {
            return argument == null;
        }

        /**
         * Builds the extension.
         *
         * @return the extension, for a field with {@code @RegisterExtension}
         */
        public ProbeExtension build() {
            return new ProbeExtension(contributions);
        }
    }
}
