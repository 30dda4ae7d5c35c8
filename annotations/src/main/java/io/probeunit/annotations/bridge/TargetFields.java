package io.probeunit.annotations.bridge;

import io.probeunit.annotations.Probed;
import java.lang.reflect.Field;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the fields that are a test class's targets.
 *
 * <p>It is here, and not in the extension, because the locks of parallel tests need the same fields.
 */
public final class TargetFields {

    private static final Set<String> CONTAINER_TYPES =
            Set.of("org.testcontainers.containers.Container", "org.testcontainers.containers.ContainerState");

    private TargetFields() {}

    /**
     * Lists the targets of a test class: the fields with {@link Probed} if there are any, else all fields whose type is
     * a container of Testcontainers.
     *
     * <p>It looks at the fields of all {@link #types types} in scope.
     *
     * @param enclosingClasses the classes around a nested test class, as JUnit lists them: the outermost first
     * @param testClass the test class
     * @return static and instance fields, the nearest first, each once
     */
    public static List<Field> of(List<Class<?>> enclosingClasses, Class<?> testClass) {
        List<Field> fields = all(enclosingClasses, testClass);
        List<Field> probed =
                fields.stream().filter(f -> f.isAnnotationPresent(Probed.class)).toList();
        return probed.isEmpty()
                ? fields.stream().filter(f -> isContainer(f.getType())).toList()
                : probed;
    }

    /**
     * Lists the container fields that are not targets, because other fields have {@link Probed} and they do not.
     *
     * @param enclosingClasses the classes around a nested test class, as JUnit lists them: the outermost first
     * @param testClass the test class
     * @return static and instance fields, the nearest first; empty if no field has it
     */
    public static List<Field> passedOver(List<Class<?>> enclosingClasses, Class<?> testClass) {
        List<Field> targets = of(enclosingClasses, testClass);
        return all(enclosingClasses, testClass).stream()
                .filter(f -> isContainer(f.getType()) && !targets.contains(f))
                .toList();
    }

    private static List<Field> all(List<Class<?>> enclosingClasses, Class<?> testClass) {
        return types(enclosingClasses, testClass).stream()
                .flatMap(type -> Stream.of(type.getDeclaredFields()))
                .filter(f -> !f.isSynthetic())
                .toList();
    }

    /**
     * Lists the types whose annotations and fields count for a test class: the class itself, its superclasses, the
     * interfaces of all these, then the classes around it with theirs, from the innermost outwards.
     *
     * @param enclosingClasses the classes around a nested test class, as JUnit lists them: the outermost first
     * @param testClass the test class
     * @return types, the nearest first, each once
     */
    public static List<Class<?>> types(List<Class<?>> enclosingClasses, Class<?> testClass) {
        Set<Class<?>> types = new LinkedHashSet<>(hierarchy(testClass));
        for (int i = enclosingClasses.size() - 1; i >= 0; i--) {
            types.addAll(hierarchy(enclosingClasses.get(i)));
        }
        return List.copyOf(types);
    }

    /**
     * Says whether a type is a container of Testcontainers, without needing Testcontainers itself.
     *
     * @param type any type
     * @return true if it, a superclass or an interface of these has the name of a container type
     */
    public static boolean isContainer(Class<?> type) {
        return hierarchy(type).stream().anyMatch(t -> CONTAINER_TYPES.contains(t.getName()));
    }

    private static Set<Class<?>> hierarchy(Class<?> type) {
        Set<Class<?>> types = new LinkedHashSet<>();
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            types.add(c);
        }
        for (Class<?> c : List.copyOf(types)) {
            addInterfaces(c, types);
        }
        return types;
    }

    private static void addInterfaces(Class<?> type, Set<Class<?>> types) {
        for (Class<?> i : type.getInterfaces()) {
            if (types.add(i)) {
                addInterfaces(i, types);
            }
        }
    }
}
