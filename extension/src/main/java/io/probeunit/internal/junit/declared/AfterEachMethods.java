package io.probeunit.internal.junit.declared;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/** The methods that JUnit runs after a test: those of its class and of its enclosing classes. */
public final class AfterEachMethods {

    private static final ClassValue<Integer> OF_CLASS = new ClassValue<>() {
        @Override
        protected Integer computeValue(Class<?> type) {
            return AnnotationSupport.findAnnotatedMethods(type, AfterEach.class, HierarchyTraversalMode.BOTTOM_UP)
                    .size();
        }
    };

    private AfterEachMethods() {}

    /** How many there are. */
    public static int of(TestPlace test) {
        return Stream.concat(test.enclosing().stream(), Stream.of(test.testClass()))
                .mapToInt(OF_CLASS::get)
                .sum();
    }
}
