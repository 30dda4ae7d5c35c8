package io.probeunit.internal.junit.lifecycle;

import io.probeunit.internal.junit.declared.TestPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** The tests of a top-level class and its nested classes that are not disabled. */
final class TestsOfClass {

    private TestsOfClass() {}

    static List<TestPlace> of(Class<?> topLevel) {
        List<TestPlace> found = new ArrayList<>();
        add(List.of(), topLevel, found);
        return found;
    }

    /** Whether a test is one of a class, or of a class nested in it. */
    static boolean isIn(Class<?> testClass, TestPlace test) {
        return test.testClass() == testClass || test.enclosing().contains(testClass);
    }

    private static void add(List<Class<?>> enclosing, Class<?> type, List<TestPlace> found) {
        AnnotationSupport.findAnnotatedMethods(type, Testable.class, HierarchyTraversalMode.TOP_DOWN).stream()
                .filter(method -> !AnnotationSupport.isAnnotated(method, Disabled.class))
                .map(method -> new TestPlace(enclosing, type, method))
                .forEach(found::add);
        List<Class<?>> around =
                Stream.concat(enclosing.stream(), Stream.of(type)).toList();
        ReflectionSupport.findNestedClasses(type, TestsOfClass::isEnabledNested)
                .forEach(nested -> add(around, nested, found));
    }

    private static boolean isEnabledNested(Class<?> type) {
        return AnnotationSupport.isAnnotated(type, Nested.class)
                && !AnnotationSupport.isAnnotated(type, Disabled.class);
    }
}
