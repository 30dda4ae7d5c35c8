package io.probeunit.internal.junit.declared;

import io.probeunit.annotations.Probed;
import io.probeunit.annotations.bridge.TargetFields;
import io.probeunit.internal.declared.DeclaredTarget;
import io.probeunit.internal.declared.Names;
import io.probeunit.internal.plan.BinarySelector;
import io.probeunit.internal.plan.PlanException;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** The targets in fields of a test class, its superclasses, interfaces and enclosing classes. */
public final class FieldTargets {

    private FieldTargets() {}

    /**
     * Lists the fields with {@link Probed}, or all container fields if there is none.
     *
     * @param enclosing the classes around, the outermost first
     * @param testClass the test class
     * @param instances the test's object of a given class, if it has one
     */
    public static List<DeclaredTarget> of(
            List<Class<?>> enclosing, Class<?> testClass, Function<Class<?>, Optional<Object>> instances) {
        return TargetFields.of(enclosing, testClass).stream()
                .map(field -> target(field, instances))
                .toList();
    }

    private static DeclaredTarget target(Field field, Function<Class<?>, Optional<Object>> instances) {
        Optional<Probed> probed = Optional.ofNullable(field.getAnnotation(Probed.class));
        String place = "field " + Names.of(field);
        boolean isStatic = Modifier.isStatic(field.getModifiers());
        return new DeclaredTarget(
                probed.map(Probed::name).filter(n -> !n.isEmpty()).orElse(field.getName()),
                binary(probed.map(Probed::binary).orElse(""), place),
                field,
                place,
                isStatic,
                () -> isStatic
                        ? Optional.ofNullable(read(field, null))
                        : instances.apply(field.getDeclaringClass()).map(o -> read(field, o)));
    }

    private static BinarySelector binary(String text, String place) {
        try {
            return BinarySelector.parse(text);
        } catch (PlanException e) {
            throw new ExtensionConfigurationException("@Probed on %s (PU0406): %s".formatted(place, e.getMessage()), e);
        }
    }

    private static @Nullable Object read(Field field, @Nullable Object instance) {
        try {
            field.setAccessible(true);
            return field.get(instance);
        } catch (IllegalAccessException | InaccessibleObjectException e) {
            throw new ExtensionConfigurationException(
                    "The target in field %s cannot be read: %s. Open the package to reflection, or make the field and its class public (PU0407)."
                            .formatted(Names.of(field), e.getMessage()),
                    e);
        }
    }
}
