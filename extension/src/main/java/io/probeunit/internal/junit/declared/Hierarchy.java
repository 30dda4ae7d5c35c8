package io.probeunit.internal.junit.declared;

import io.probeunit.annotations.bridge.TargetFields;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/**
 * The types whose annotations count for a test, and the methods that its method overrides.
 *
 * <p>JUnit itself does not look at a method that is overridden: annotations there do not start the bridge, so they
 * count only if another annotation of ours starts it, on the overriding method or on the class.
 */
final class Hierarchy {

    private Hierarchy() {}

    /** The types in scope in the order declared: those around first, and above each type what it extends. */
    static List<Class<?>> declared(List<Class<?>> enclosing, Class<?> testClass) {
        Set<Class<?>> types = new LinkedHashSet<>();
        Stream.concat(enclosing.stream(), Stream.of(testClass)).forEach(t -> types.addAll(family(t)));
        return List.copyOf(types);
    }

    /** The types in scope, the nearest first. */
    static List<Class<?>> nearest(List<Class<?>> enclosing, Class<?> testClass) {
        return TargetFields.types(enclosing, testClass);
    }

    /** The methods that a test method overrides or implements in a test class, and itself as the last. */
    static List<Method> methods(Class<?> testClass, Method method) {
        List<Method> methods = new ArrayList<>();
        for (Class<?> type : family(testClass)) {
            if (type != method.getDeclaringClass()) {
                Stream.of(type.getDeclaredMethods())
                        .filter(m -> isOverridden(m, method))
                        .forEach(methods::add);
            }
        }
        methods.add(method);
        return List.copyOf(methods);
    }

    /** The methods of a class, and of what it extends, that JUnit runs as no test, and that no test overrides. */
    static List<Method> methodsThatAreNoTests(Class<?> type) {
        Set<Method> tests = new HashSet<>();
        AnnotationSupport.findAnnotatedMethods(type, Testable.class, HierarchyTraversalMode.TOP_DOWN)
                .forEach(test -> tests.addAll(methods(type, test)));
        return family(type).stream()
                .flatMap(t -> Stream.of(t.getDeclaredMethods()))
                .filter(m -> !m.isSynthetic() && !tests.contains(m))
                // one that a subclass overrides, where it is no test any more
                .filter(m -> !AnnotationSupport.isAnnotated(m, Testable.class))
                .toList();
    }

    private static Set<Class<?>> family(Class<?> type) {
        Set<Class<?>> family = new LinkedHashSet<>();
        add(type, family);
        return family;
    }

    private static void add(Class<?> type, Set<Class<?>> family) {
        Stream.ofNullable(type.getSuperclass()).forEach(c -> add(c, family));
        Stream.of(type.getInterfaces()).forEach(i -> add(i, family));
        family.add(type);
    }

    private static boolean isOverridden(Method upper, Method method) {
        return !upper.isSynthetic()
                && upper.getName().equals(method.getName())
                && !Modifier.isStatic(upper.getModifiers())
                && !Modifier.isPrivate(upper.getModifiers())
                && !Modifier.isPrivate(method.getModifiers())
                && isVisible(upper, method)
                && hasSameParameters(upper, method);
    }

    private static boolean isVisible(Method upper, Method method) {
        boolean wide = Modifier.isPublic(upper.getModifiers()) || Modifier.isProtected(upper.getModifiers());
        return wide
                || upper.getDeclaringClass().getPackage()
                        == method.getDeclaringClass().getPackage();
    }

    /** A parameter of a type variable may have become any type within its bound. */
    private static boolean hasSameParameters(Method upper, Method method) {
        Class<?>[] above = upper.getParameterTypes();
        Type[] generic = upper.getGenericParameterTypes();
        Class<?>[] here = method.getParameterTypes();
        if (above.length != here.length) {
            return false;
        }
        for (int i = 0; i < here.length; i++) {
            boolean isVariable = !(generic[i] instanceof Class<?>);
            if (above[i] != here[i] && !(isVariable && above[i].isAssignableFrom(here[i]))) {
                return false;
            }
        }
        return true;
    }
}
