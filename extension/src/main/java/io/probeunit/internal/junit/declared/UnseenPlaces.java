package io.probeunit.internal.junit.declared;

import io.probeunit.annotations.Probed;
import io.probeunit.annotations.bridge.TargetFields;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/**
 * Annotations in places that JUnit does not look at, for tests to which no other annotation brings the extension. Without
 * this check they would be ignored.
 */
final class UnseenPlaces {

    private static final String CURE =
            "JUnit does not look at this place, and nothing else activates ProbeUnit there, so the annotation would be ignored. Put it on a test method, or on the class if it is for all its tests.";

    private final List<String> problems = new ArrayList<>();

    private UnseenPlaces() {}

    /** What is wrong with a test class and those nested in it; empty for nearly all. */
    static List<String> in(Class<?> topLevel) {
        UnseenPlaces places = new UnseenPlaces();
        places.lookAt(List.of(), topLevel);
        return places.problems;
    }

    /** Says whether JUnit would run tests of this class. */
    static boolean isTestClass(Class<?> type) {
        return !Modifier.isAbstract(type.getModifiers())
                && !type.isAnonymousClass()
                && !type.isLocalClass()
                && (!tests(type).isEmpty() || nested(type).findAny().isPresent());
    }

    private void lookAt(List<Class<?>> enclosing, Class<?> type) {
        if (!isBroughtToAll(enclosing, type)) {
            List<Method> tests = tests(type);
            List<Method> without =
                    tests.stream().filter(test -> !AnnotationScan.isOn(test)).toList();
            // one test with the extension is enough: there it looks at the whole class
            Stream<Found> misplaced =
                    without.size() == tests.size() ? AnnotationScan.misplaced(type).stream() : Stream.empty();
            Stream.concat(misplaced, without.stream().flatMap(test -> AnnotationScan.overridden(type, test).stream()))
                    .map(found -> found.declaration() + ": " + CURE)
                    .distinct()
                    .forEach(problems::add);
        }
        List<Class<?>> around =
                Stream.concat(enclosing.stream(), Stream.of(type)).toList();
        nested(type).forEach(inner -> lookAt(around, inner));
    }

    /** Then the extension sees all of them, and says itself what is wrong. */
    private static boolean isBroughtToAll(List<Class<?>> enclosing, Class<?> type) {
        return TargetFields.types(enclosing, type).stream()
                .anyMatch(t -> AnnotationScan.isOn(t)
                        || Stream.of(t.getDeclaredFields()).anyMatch(field -> field.isAnnotationPresent(Probed.class)));
    }

    private static List<Method> tests(Class<?> type) {
        return AnnotationSupport.findAnnotatedMethods(type, Testable.class, HierarchyTraversalMode.TOP_DOWN);
    }

    private static Stream<Class<?>> nested(Class<?> type) {
        return Stream.of(type.getDeclaredClasses()).filter(inner -> AnnotationSupport.isAnnotated(inner, Nested.class));
    }
}
