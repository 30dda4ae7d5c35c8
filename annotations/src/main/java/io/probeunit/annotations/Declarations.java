package io.probeunit.annotations;

import io.probeunit.annotations.bridge.TargetFields;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Finds an annotation that brought the bridge into a test, for messages. */
final class Declarations {

    private Declarations() {}

    /** Finds the context with a test class; that of a dynamic test has none, but is inside of one that has. */
    static ExtensionContext ofTestClass(ExtensionContext context) {
        ExtensionContext found = context;
        while (found.getTestClass().isEmpty()) {
            found = found.getParent().orElseThrow();
        }
        return found;
    }

    /** Says which test carries which annotation: the beginning of a sentence, without an end. */
    static String describe(ExtensionContext anyContext) {
        ExtensionContext context = ofTestClass(anyContext);
        Class<?> testClass = context.getRequiredTestClass();
        String test = context.getTestMethod()
                .map(m -> "%s.%s()".formatted(testClass.getName(), m.getName()))
                .orElse(testClass.getName());
        return places(context).stream()
                .flatMap(place -> ours(place, new HashSet<>()).stream().map(found -> sentence(test, place, found)))
                .findFirst()
                .orElse("%s asks for probes".formatted(test));
    }

    private static List<AnnotatedElement> places(ExtensionContext context) {
        List<AnnotatedElement> places = new ArrayList<>();
        context.getTestMethod().ifPresent(places::add);
        List<Class<?>> types = TargetFields.types(context.getEnclosingTestClasses(), context.getRequiredTestClass());
        places.addAll(types);
        types.forEach(t -> places.addAll(List.of(t.getDeclaredFields())));
        return places;
    }

    private static String sentence(String test, AnnotatedElement place, Class<?> annotation) {
        return "%s asks for probes, by @%s on %s".formatted(test, annotation.getSimpleName(), name(place));
    }

    private static String name(AnnotatedElement place) {
        if (place instanceof Field field) {
            return "the field %s.%s".formatted(field.getDeclaringClass().getName(), field.getName());
        }
        if (place instanceof Method method) {
            return "the method %s.%s".formatted(method.getDeclaringClass().getName(), method.getName());
        }
        return place.toString();
    }

    private static Optional<Class<?>> ours(AnnotatedElement element, Set<Class<?>> seen) {
        for (Annotation annotation : element.getDeclaredAnnotations()) {
            Class<? extends Annotation> type = annotation.annotationType();
            if (type.getPackage() == Declarations.class.getPackage()) {
                return Optional.of(type.getEnclosingClass() == null ? type : type.getEnclosingClass());
            }
            if (seen.add(type)) {
                Optional<Class<?>> meta = ours(type, seen);
                if (meta.isPresent()) {
                    return meta;
                }
            }
        }
        return Optional.empty();
    }
}
