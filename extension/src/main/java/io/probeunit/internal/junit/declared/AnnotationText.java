package io.probeunit.internal.junit.declared;

import io.probeunit.internal.declared.Names;
import java.lang.annotation.Annotation;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Writes annotations as a person does: without default values, in the order of the documentation. */
final class AnnotationText {

    private static final String VALUE = "value";
    private static final List<String> ORDER = List.of(
            VALUE,
            "marks",
            "functions",
            "onReturn",
            "times",
            "atLeast",
            "atMost",
            "atLeastPercent",
            "minSamples",
            "of",
            "capture",
            "where",
            "took",
            "within",
            "binary",
            "container",
            "snapshot",
            "engine",
            "host",
            "window",
            "unavailable");

    private AnnotationText() {}

    static String of(Annotation annotation) {
        List<Method> given = Stream.of(annotation.annotationType().getDeclaredMethods())
                .filter(m -> !m.isSynthetic())
                .filter(m -> !Objects.deepEquals(valueOf(m, annotation), m.getDefaultValue()))
                .sorted(Comparator.comparingInt(AnnotationText::rank).thenComparing(Method::getName))
                .toList();
        String name = Names.ofAnnotation(annotation.annotationType());
        if (given.isEmpty()) {
            return name;
        }
        boolean valueAlone = given.size() == 1 && given.get(0).getName().equals(VALUE);
        return given.stream()
                .map(m -> (valueAlone ? "" : m.getName() + " = ") + literal(valueOf(m, annotation)))
                .collect(Collectors.joining(", ", name + "(", ")"));
    }

    private static int rank(Method attribute) {
        int index = ORDER.indexOf(attribute.getName());
        return index < 0 ? ORDER.size() : index;
    }

    private static Object valueOf(Method attribute, Annotation annotation) {
        try {
            return attribute.invoke(annotation);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + attribute, e);
        }
    }

    private static String literal(Object value) {
        if (value instanceof String text) {
            return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", "\ufffd") + '"';
        }
        if (value.getClass().isArray()) {
            List<String> items = IntStream.range(0, Array.getLength(value))
                    .mapToObj(i -> literal(Array.get(value, i)))
                    .toList();
            return items.size() == 1 ? items.get(0) : "{" + String.join(", ", items) + "}";
        }
        return value.toString();
    }
}
