package io.probeunit.junit;

import java.lang.reflect.Method;
import java.util.List;

/**
 * The place of a test in the source.
 *
 * @param enclosing the classes around a nested test class, the outermost first
 * @param testClass the class whose test it is; may inherit the method
 * @param method the test method
 */
record TestPlace(List<Class<?>> enclosing, Class<?> testClass, Method method) {

    TestPlace {
        enclosing = List.copyOf(enclosing);
    }

    /** The test as messages call it. */
    String name() {
        return Names.of(testClass) + "." + method.getName() + "()";
    }
}
