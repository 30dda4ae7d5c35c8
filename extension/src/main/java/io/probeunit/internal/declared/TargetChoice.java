package io.probeunit.internal.declared;

import io.probeunit.internal.plan.NearestNames;
import io.probeunit.internal.plan.PlanException;
import io.probeunit.internal.plan.ProbeRequest;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the target of an annotation among the declared targets. */
public final class TargetChoice {

    private static final int NEAREST = 3;

    private final Map<String, DeclaredTarget> targets = new LinkedHashMap<>();
    private final List<Field> passedOver;

    /**
     * Creates a choice.
     *
     * @param declared the targets
     * @param passedOver container fields without {@code @Probed}, beside others that have it
     * @throws PlanException if two targets have one name
     */
    public TargetChoice(Collection<DeclaredTarget> declared, Collection<Field> passedOver) {
        this.passedOver = List.copyOf(passedOver);
        for (DeclaredTarget target : declared) {
            DeclaredTarget before = targets.putIfAbsent(target.name(), target);
            if (before != null) {
                throw new PlanException(
                        "Two targets are named '%s' (PU0405): %s and %s. Give one of them another name: a field with @Probed(name = \"…\"), a target of ProbeExtension with target(\"…\", …)."
                                .formatted(target.name(), before.place(), target.place()));
            }
        }
    }

    /**
     * Finds the target of one request.
     *
     * @throws PlanException if there is no such target, or it is not clear which is meant
     */
    public DeclaredTarget of(ProbeRequest request) {
        return of(request.declaration(), request.point().container());
    }

    /**
     * Finds the target of an annotation.
     *
     * @param declaration the annotation as messages call it
     * @param container the name that it gives
     * @throws PlanException if there is no such target, or it is not clear which is meant
     */
    public DeclaredTarget of(String declaration, Optional<String> container) {
        if (targets.isEmpty()) {
            throw new PlanException(
                    "%s: there is no target to probe (PU0401). Declare the container in a field of the test class, of a superclass or of an enclosing class, mark a field with @Probed if its type is not that of a container, or register ProbeExtension.builder().target(\"name\", () -> container).build() with @RegisterExtension."
                            .formatted(declaration));
        }
        return container.map(name -> named(name, declaration)).orElseGet(() -> only(declaration));
    }

    /** What is worth a line in the report of a test with an annotation that names no container. */
    public List<String> notes() {
        return passedOver.stream().map(TargetChoice::isNoTarget).toList();
    }

    private static String isNoTarget(Field field) {
        return "field %s is a container without @Probed, so it is not a target (PU0404): if a field has @Probed, only fields with @Probed are targets"
                .formatted(Names.of(field));
    }

    private DeclaredTarget named(String name, String declaration) {
        DeclaredTarget target = targets.get(name);
        if (target == null) {
            List<String> nearest = NearestNames.to(name, targets.keySet(), NEAREST);
            throw new PlanException("%s: there is no target named '%s' (PU0403).%s The targets are: %s.%s"
                    .formatted(
                            declaration,
                            name,
                            nearest.isEmpty() ? "" : " Did you mean '" + String.join("', '", nearest) + "'?",
                            list(),
                            notes().stream()
                                    .map(note -> " Add @Probed if it is meant: " + note + ".")
                                    .collect(Collectors.joining())));
        }
        return target;
    }

    private DeclaredTarget only(String declaration) {
        if (targets.size() > 1) {
            throw new PlanException(
                    "%s: the test has %d targets, so it must name one of them, with container = \"…\" (PU0402). The targets are: %s."
                            .formatted(declaration, targets.size(), list()));
        }
        return targets.values().iterator().next();
    }

    private String list() {
        return targets.values().stream()
                .map(t -> "%s (%s)".formatted(t.name(), t.place()))
                .collect(Collectors.joining(", "));
    }
}
