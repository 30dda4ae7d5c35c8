package io.probeunit.internal.junit.declared;

import io.probeunit.internal.declared.DeclaredTarget;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * The targets that {@code ProbeExtension}s contribute to a test, kept in the stores of its contexts.
 *
 * @param from each extension, once
 */
public record ContributedTargets(List<From> from) {

    private static final Namespace NAMESPACE = Namespace.create(ContributedTargets.class);

    record From(Object extension, List<DeclaredTarget> targets) {}

    public ContributedTargets {
        from = List.copyOf(from);
    }

    /** All that are known in a context. */
    public static List<DeclaredTarget> in(ExtensionContext context) {
        return find(context).from().stream().flatMap(f -> f.targets().stream()).toList();
    }

    /** Adds an extension's targets for a context and those below it, unless they are known there. */
    public static void add(ExtensionContext context, Object extension, List<DeclaredTarget> targets) {
        ContributedTargets known = find(context);
        if (known.from().stream().noneMatch(f -> f.extension() == extension)) {
            List<From> all = Stream.concat(known.from().stream(), Stream.of(new From(extension, targets)))
                    .toList();
            context.getStore(NAMESPACE).put(ContributedTargets.class, new ContributedTargets(all));
        }
    }

    private static ContributedTargets find(ExtensionContext context) {
        return Optional.ofNullable(context.getStore(NAMESPACE).get(ContributedTargets.class, ContributedTargets.class))
                .orElseGet(() -> new ContributedTargets(List.of()));
    }
}
